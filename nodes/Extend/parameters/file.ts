import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../api/errors';
import type { Read } from '../n8n/read';
import { FILE_LINK, idIn } from './links';

/** Runs of other kinds begin otherwise, but only runs of this one come out of this node. */
const RUN_ID = /^(clr|bpr)_/;

/** The ID of a file to get or delete; a run holds that of its file as `fileId`. */
export const storedFileId: INodeProperties = {
	displayName: 'File ID',
	name: 'fileId',
	type: 'string',
	default: '={{ $json.fileId ?? $json.id }}',
	required: true,
	placeholder: 'e.g. file_1234567890',
	description: 'The ID of a file that Upload has returned, or the fileId of a run',
};

/** @throws ExtendError when there is none, or when it is the ID of a run or batch */
export function readFileId(read: Read): string {
	const id = idIn(read.text(storedFileId), FILE_LINK);
	if (id === '') throw inputError('The File ID is empty', 'Enter the ID of a file at Extend, such as {{ $json.fileId }} of an earlier run.');
	const [, prefix] = RUN_ID.exec(id) ?? [];
	if (prefix === undefined) return id;
	const kind = prefix === 'clr' ? 'run' : 'batch';
	throw inputError(`The File ID "${id}" is the ID of a ${kind}, not of a file`, 'Use the fileId of the run, such as {{ $json.fileId }}.');
}
