import { inputError } from '../../api/errors';
import type { JsonObject } from '../../api/json';
import type { ReadableFile } from '../../n8n/binary';
import { assertNotEmpty } from '../../n8n/binary';
import { readError } from '../../n8n/errors';
import type { Outcome, OutputItem } from '../../n8n/items';
import { settleItem } from '../../n8n/items';
import type { NodeExecution } from '../../n8n/nodeExecution';
import { purposeOf, uploadedFileIds } from '../../n8n/purpose';
import { binaryFields } from '../../parameters/document';
import type { UploadOptions } from '../../parameters/fileOptions';
import { readUploadOptions, uploadOptions } from '../../parameters/fileOptions';
import { shape, simplify } from '../../parameters/run';
import { tokenForPurpose } from '../../starting/token';
import { binaryWith, findFiles, uploadOf } from '../shared/itemFiles';
import type { AllItemsOperation } from '../types';
import { simplifyFile } from './simplifyFile';

export const uploadOperation: AllItemsOperation = {
	kind: 'all',
	option: {
		name: 'Upload',
		value: 'upload',
		action: 'Upload file',
		description: 'Upload files to Extend, where they stay until you delete them',
	},
	parameters: [binaryFields, simplify, uploadOptions],
	async execute(run) {
		const outcomes = await Promise.all(run.items.map(async (_, itemIndex) => await uploadItem(run, itemIndex)));
		return outcomes.flat();
	},
};

interface Planned {
	files: ReadableFile[];
	options: UploadOptions;
}

/** The outcomes of an item, one for each of its files. */
async function uploadItem(run: NodeExecution, itemIndex: number): Promise<Outcome[]> {
	const read = run.read(itemIndex);
	try {
		const { files, options } = await planItem(run, itemIndex);
		const outcomes = files.map(async (file) => {
			const binary = files.length > 1 ? binaryWith(run, itemIndex, file.field) : run.items[itemIndex]?.binary;
			const work = async (): Promise<OutputItem[]> => [{ json: shape(read, await uploadOnce(run, itemIndex, { file, options }), simplifyFile), binary }];
			return await settleItem(itemIndex, work, binary);
		});
		return (await Promise.all(outcomes)).flat();
	} catch (caught) {
		return [{ kind: 'failed', itemIndex, error: readError(caught) }];
	}
}

/** Reads everything before anything is sent. @throws ExtendError when there is no file, or one that cannot be uploaded */
async function planItem(run: NodeExecution, itemIndex: number): Promise<Planned> {
	const read = run.read(itemIndex);
	read.flag(simplify);
	const options = readUploadOptions(read);
	const fields = read.text(binaryFields);
	const files = await findFiles(run, itemIndex, fields);
	if (files.length === 0) {
		throw inputError(`The item has no file in "${fields}"`, 'Check the pattern, or filter out items without files before this node.');
	}
	files.forEach(assertNotEmpty);
	return { files, options };
}

/** The file at Extend; one that an earlier try of the node has uploaded is not uploaded again. */
async function uploadOnce(run: NodeExecution, itemIndex: number, { file, options }: { file: ReadableFile; options: UploadOptions }): Promise<JsonObject> {
	const { context, extend } = run;
	const upload = uploadOf(file, options);
	const document = `${file.field} ${upload.fileName} ${upload.sizeBytes}`;
	const token = tokenForPurpose({ ...purposeOf(context, itemIndex), document });
	const uploadedIds = uploadedFileIds(context);
	const known = uploadedIds[token];
	if (known !== undefined) return await extend.getFile(known);
	const query = options.convertsToPdf ? { convertToPdf: true } : undefined;
	const { id, json } = await extend.uploadFile(upload, query);
	uploadedIds[token] = id;
	return json;
}
