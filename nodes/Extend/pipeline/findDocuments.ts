import type { IBinaryKeyData } from 'n8n-workflow';
import type { ExtendError } from '../api/errors';
import { inputError } from '../api/errors';
import { missingFieldError } from '../documents/givenFiles';
import { reasonToSkip } from '../documents/selection';
import type { NodeExecution } from '../n8n/nodeExecution';
import { readFileInput } from '../parameters/document';
import type { StartOptions } from '../parameters/startOptions';
import type { DocumentSource } from '../starting/plan';
import { binaryFor, binaryOf, findFiles, uploadOf } from './itemFiles';

/** A document of an item, or why it cannot be used. `field` and `binary` are unset where it is no binary file. */
export type FoundDocument =
	| { field?: string; binary?: IBinaryKeyData; source: DocumentSource }
	| { field?: string; binary?: IBinaryKeyData; error: ExtendError };

export interface FoundDocuments {
	documents: FoundDocument[];
	/** Files that the options leave out, in words. */
	skipped: string[];
	/** Plain names under Input Binary Field that the item does not have, where that is to pass. */
	missingFields: string[];
	/** Whether the item held several documents before any was left out, so that keys stay the same when filters change. */
	heldSeveral: boolean;
}

/**
 * The documents of an item, each usable or not by itself. None at all is an item that is to pass on without one.
 * @throws ExtendError where the parameters cannot be used, or the item has no document and is not to pass on
 */
export async function findDocuments(execution: NodeExecution, itemIndex: number, options: StartOptions): Promise<FoundDocuments> {
	const read = execution.read(itemIndex);
	if (read.text('fileSource') === 'binary') return await findBinaryDocuments(execution, itemIndex, options);
	const source = { kind: 'input' as const, file: readFileInput(read, options) };
	return { documents: [{ source, binary: binaryOf(execution.items[itemIndex]) }], skipped: [], missingFields: [], heldSeveral: false };
}

async function findBinaryDocuments(execution: NodeExecution, itemIndex: number, options: StartOptions): Promise<FoundDocuments> {
	const { files, skipped, missing, own, givenCount } = await findFiles(execution, itemIndex, (file) => reasonToSkip(file, options.filter));
	const failedNames = options.skipsWithoutDocument ? [] : missing;
	const count = files.length + failedNames.length;
	if (count === 0 && !options.skipsWithoutDocument) throw noDocument(execution.read(itemIndex).value('binaryFields'), skipped);
	const found = files.map((one): FoundDocument => {
		const { field } = one.given;
		const binary = binaryFor(one.given, { own, count });
		if (one.kind === 'failed') return { field, binary, error: one.error };
		return { field, binary, source: { kind: 'upload', upload: uploadOf(one.file, options) } };
	});
	const notFound = failedNames.map((field): FoundDocument => ({ field, binary: count > 1 ? {} : own, error: missingFieldError(field, own) }));
	return { documents: [...found, ...notFound], skipped, missingFields: options.skipsWithoutDocument ? missing : [], heldSeveral: givenCount > 1 };
}

function noDocument(fields: unknown, skipped: string[]): ExtendError {
	const place = typeof fields === 'string' ? ` in "${fields.trim()}"` : '';
	const leftOut = skipped.length === 0 ? '' : `; left out: ${skipped.join(', ')}`;
	return inputError(
		`The item has no document${place}${leftOut}`,
		'Check Input Binary Field and the file options, or set If There Is No Document to Continue Without a Result.',
	);
}
