import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../api/errors';
import type { Read } from '../n8n/read';
import { flagIn, textIn } from './values';

export const storedFileId: INodeProperties = {
	displayName: 'File ID',
	name: 'fileId',
	type: 'string',
	default: '={{ $json.id }}',
	required: true,
	placeholder: 'e.g. file_1234567890',
	description: 'The ID of the file, as Upload put it out; a run holds it as fileId',
};

/** @throws ExtendError when there is none */
export function readFileId(read: Read): string {
	const id = read.text('fileId');
	if (id !== '') return id;
	throw inputError('The File ID is empty', 'Enter the ID of a file at Extend, such as {{ $json.fileId }} of an earlier run.');
}

export const uploadOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'How Extend takes the files in',
	options: [
		{
			displayName: 'Convert to PDF',
			name: 'convertToPdf',
			type: 'boolean',
			default: false,
			description: 'Whether to convert pictures, spreadsheets and web pages to PDF; Word and PowerPoint files are always converted',
		},
		{
			displayName: 'File Password',
			name: 'filePassword',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Opens PDFs that are locked by a password',
		},
	],
};

export interface UploadOptions {
	filePassword?: string;
	convertsToPdf: boolean;
}

/** @throws ExtendError for a password that is no text */
export function readUploadOptions(read: Read): UploadOptions {
	const group = read.group('options');
	return {
		filePassword: textIn(group, 'filePassword', 'File Password'),
		convertsToPdf: flagIn(group, 'convertToPdf', 'Convert to PDF') ?? false,
	};
}
