import type { IBinaryData, IBinaryKeyData, INodeExecutionData } from 'n8n-workflow';
import type { ExtendError } from '../api/errors';
import type { Upload } from '../api/http';
import { isObject, objectAt } from '../api/json';
import { renameFile } from '../documents/fileNames';
import type { GivenFile } from '../documents/givenFiles';
import { filesGiven, isFile } from '../documents/givenFiles';
import type { ReadableFile } from '../n8n/binary';
import { assertNotEmpty, describeFile, openFile } from '../n8n/binary';
import { readError } from '../n8n/errors';
import type { NodeExecution } from '../n8n/nodeExecution';

/** A file of an item, or why it cannot be used; each stands for itself. */
export type FoundFile = { given: GivenFile } & ({ kind: 'file'; file: ReadableFile } | { kind: 'failed'; error: ExtendError });

export interface ItemFiles {
	files: FoundFile[];
	/** Files that are left out, in words. */
	skipped: string[];
	/** Plain names under Input Binary Field that the item does not have. */
	missing: string[];
	/** All files of the item by field. */
	own: IBinaryKeyData;
	/** How many files were named or given, before any was left out. */
	givenCount: number;
}

/** Why a file is left out, in words; its size is unset while it is not known. */
export type ReasonToSkip = (file: Pick<ReadableFile, 'fileName' | 'mimeType'> & { sizeBytes?: number }) => string | undefined;

/**
 * The files of an item that Input Binary Field means.
 * @throws ExtendError where the parameter itself cannot be used
 */
export async function findFiles(execution: NodeExecution, itemIndex: number, reasonToSkip: ReasonToSkip = () => undefined): Promise<ItemFiles> {
	const own = filesOf(execution.items[itemIndex]);
	const { files: given, missing } = filesGiven(execution.read(itemIndex).value('binaryFields'), own);
	const skipped: string[] = [];
	const isKept = (file: Parameters<ReasonToSkip>[0]): boolean => {
		const reason = reasonToSkip(file);
		if (reason !== undefined) skipped.push(`${file.fileName} (${reason})`);
		return reason === undefined;
	};
	const files = given.map(async (one): Promise<FoundFile[]> => {
		try {
			const described = describeFile(one.field, one.data);
			if (!isKept(described)) return [];
			const file = await openFile(execution.context, described);
			if (!isKept(file)) return [];
			assertNotEmpty(file);
			return [{ kind: 'file', given: one, file }];
		} catch (caught) {
			return [{ kind: 'failed', given: one, error: readError(caught) }];
		}
	});
	return { files: (await Promise.all(files)).flat(), skipped, missing, own, givenCount: given.length };
}

/**
 * All files of an item by field. In n8n's binary mode "combined" they are in its json, from where n8n takes them again when
 * they come out as binary.
 */
function filesOf(item: INodeExecutionData | undefined): IBinaryKeyData {
	const combined = Object.entries(objectAt(item?.json, '_files') ?? {}).filter(([, file]) => isFile(file));
	return { ...Object.fromEntries(combined.map(([field, file]) => [field, file]).filter(isEntryOfFile)), ...item?.binary };
}

/** The same; undefined for an item without files, as n8n has it. */
export function binaryOf(item: INodeExecutionData | undefined): IBinaryKeyData | undefined {
	const files = filesOf(item);
	return Object.keys(files).length === 0 ? item?.binary : files;
}

function isEntryOfFile(entry: unknown[]): entry is [string, IBinaryData] {
	return isObject(entry[1]);
}

/** What goes to Extend for a file. @param fileName in place of the name it has */
export function uploadOf(file: ReadableFile, { fileName, filePassword }: { fileName?: string; filePassword?: string }): Upload {
	const { mimeType, sizeBytes, open: openContent } = file;
	const name = fileName === undefined ? file.fileName : renameFile(fileName, file);
	const fields: Record<string, string> = filePassword === undefined ? {} : { password: filePassword };
	return { fileName: name, mimeType, sizeBytes, open: openContent, fields };
}

/** The binary of what comes out for a file: one of several keeps that one, else the item's files stay together. */
export function binaryFor({ field, data, isOwn }: GivenFile, { own, count }: { own: IBinaryKeyData; count: number }): IBinaryKeyData {
	const itself = { [field]: isOwn ? own[field] : data };
	const files = count > 1 ? itself : { ...own, ...itself };
	return Object.fromEntries(Object.entries(files).filter(isEntryOfFile));
}
