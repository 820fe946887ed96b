import type { ExtendError } from '../../api/errors';
import { inputError } from '../../api/errors';
import type { JsonObject } from '../../api/json';
import { missingFieldError } from '../../documents/givenFiles';
import type { ReadableFile } from '../../n8n/binary';
import { readError } from '../../n8n/errors';
import type { Outcome } from '../../n8n/items';
import { settleItem } from '../../n8n/items';
import type { NodeExecution } from '../../n8n/nodeExecution';
import { openStarts, placeOf, runIndexOf } from '../../n8n/startMemory';
import { binaryFields } from '../../parameters/document';
import type { UploadOptions } from '../../parameters/fileOptions';
import { readUploadOptions, uploadOptions } from '../../parameters/fileOptions';
import { readOutputSettings, shape, simplify } from '../../parameters/run';
import { startKeyForItem } from '../../starting/startKey';
import type { StartMemory } from '../../starting/startMemory';
import { binaryFor, findFiles, uploadOf } from '../../pipeline/itemFiles';
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
	async execute(execution) {
		const uploads = new Uploads(execution);
		const outcomes = await Promise.all(execution.items.map(async (_, itemIndex) => await uploads.ofItem(itemIndex)));
		return outcomes.flat();
	},
};

/** Uploads files, each once: one that an earlier try of the node has uploaded is there already. */
class Uploads {
	private readonly memory: StartMemory;

	constructor(private readonly execution: NodeExecution) {
		this.memory = openStarts(execution).memory;
	}

	/** The outcomes of an item, one for each of its files. */
	async ofItem(itemIndex: number): Promise<Outcome[]> {
		return await settleItem(itemIndex, async () => {
			const read = this.execution.read(itemIndex);
			const [output, options] = [readOutputSettings(read), readUploadOptions(read)];
			const { files, missing, own } = await findFiles(this.execution, itemIndex);
			const count = files.length + missing.length;
			if (count === 0) throw noFile(read.value(binaryFields));
			const outcomes = files.map(async (one) => {
				const binary = binaryFor(one.given, { own, count });
				return await settleItem(itemIndex, async () => {
					if (one.kind === 'failed') throw readError(one.error);
					const json = shape(output, await this.upload(itemIndex, one.file, options), simplifyFile);
					return [{ kind: 'item', itemIndex, json, binary }];
				}, binary);
			});
			const notFound = missing.map((name): Outcome => ({ kind: 'failed', itemIndex, error: missingFieldError(name, own), binary: count > 1 ? {} : own }));
			return [...(await Promise.all(outcomes)).flat(), ...notFound];
		});
	}

	/** The file at Extend. */
	private async upload(itemIndex: number, file: ReadableFile, options: UploadOptions): Promise<JsonObject> {
		const { context, extend } = this.execution;
		const upload = uploadOf(file, options);
		const document = `${file.field} ${upload.fileName} ${upload.sizeBytes}`;
		const place = placeOf(context, this.memory.executionId);
		const startKey = startKeyForItem({ ...place, runIndex: runIndexOf(context), itemIndex, document });
		const { fileId } = this.memory.of(startKey);
		if (fileId !== undefined) return await extend.getFile(fileId);
		const { id, json } = await extend.uploadFile(upload, options.convertsToPdf ? { convertToPdf: true } : undefined);
		this.memory.rememberFile(startKey, id);
		return json;
	}
}

function noFile(fields: unknown): ExtendError {
	const place = typeof fields === 'string' ? ` in "${fields.trim()}"` : '';
	return inputError(`The item has no file${place}`, 'Check Input Binary Field, or filter out items without files before this node.');
}
