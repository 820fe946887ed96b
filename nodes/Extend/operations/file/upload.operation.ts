import type { ExtendError } from '../../api/errors';
import { inputError } from '../../api/errors';
import type { JsonObject } from '../../api/json';
import { missingFieldError } from '../../documents/givenFiles';
import type { ReadableFile } from '../../n8n/binary';
import { readError } from '../../n8n/errors';
import type { Outcome, OutputItem } from '../../n8n/items';
import { settleItem } from '../../n8n/items';
import type { NodeExecution } from '../../n8n/nodeExecution';
import { purposeOf, uploadedFileIds } from '../../n8n/purpose';
import { binaryFields } from '../../parameters/document';
import type { UploadOptions } from '../../parameters/file';
import { readUploadOptions, uploadOptions } from '../../parameters/file';
import { shape, simplify } from '../../parameters/run';
import { tokenForPurpose } from '../../starting/token';
import { binaryFor, findFiles, uploadOf } from '../../pipeline/itemFiles';
import type { AllItemsOperation } from '../types';
import { simplifyFile } from './simplifyFile';

export const uploadOperation: AllItemsOperation = {
	kind: 'all',
	option: {
		name: 'Upload',
		value: 'upload',
		action: 'Upload file',
		description: 'Send files to Extend, to classify them by their ID later',
	},
	parameters: [binaryFields, simplify, uploadOptions],
	async execute(run) {
		const outcomes = await Promise.all(run.items.map(async (_, itemIndex) => await uploadItem(run, itemIndex)));
		return outcomes.flat();
	},
};

/** The outcomes of an item, one for each of its files. */
async function uploadItem(run: NodeExecution, itemIndex: number): Promise<Outcome[]> {
	const read = run.read(itemIndex);
	try {
		read.flag('simplify');
		const options = readUploadOptions(read);
		const { files, missing, own } = await findFiles(run, itemIndex);
		const count = files.length + missing.length;
		if (count === 0) throw noFile(read.value('binaryFields'));
		const outcomes = files.map(async (one) => {
			const binary = binaryFor(one.given, { own, count });
			const work = async (): Promise<OutputItem[]> => {
				if (one.kind === 'failed') throw readError(one.error);
				return [{ json: shape(read, await uploadOnce(run, itemIndex, { file: one.file, options }), simplifyFile), binary }];
			};
			return await settleItem(itemIndex, work, binary);
		});
		const notFound = missing.map((name): Outcome => ({ kind: 'failed', itemIndex, error: missingFieldError(name, own), binary: count > 1 ? {} : own }));
		return [...(await Promise.all(outcomes)).flat(), ...notFound];
	} catch (caught) {
		return [{ kind: 'failed', itemIndex, error: readError(caught) }];
	}
}

function noFile(fields: unknown): ExtendError {
	const place = typeof fields === 'string' ? ` in "${fields.trim()}"` : '';
	return inputError(`The item has no file${place}`, 'Check Input Binary Field, or leave out items without files before this node.');
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
