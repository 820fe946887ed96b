import type { INodeProperties } from 'n8n-workflow';
import type { FileFilter } from '../documents/selection';
import { parseFileTypes } from '../documents/selection';
import type { Read } from '../n8n/read';
import { flagIn, numberIn, textIn } from './values';

const forBinary = { show: { '/fileSource': ['binary'] } };

const deleteFileAfter: INodeProperties = {
	displayName: 'Delete File When Done',
	name: 'deleteFileAfter',
	type: 'boolean',
	default: false,
	description: 'Whether to delete the uploaded file from Extend when its run has finished. Without this, uploaded files stay at Extend.',
	displayOptions: { show: { '/fileSource': ['binary'], '/operation': ['classify'] } },
};

const fileName: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice.pdf',
	description: 'Name to show in Extend instead of the original one. Extend takes the file type from its extension.',
	displayOptions: { hide: { '/fileSource': ['fileId'] } },
};

const filePassword: INodeProperties = {
	displayName: 'File Password',
	name: 'filePassword',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'Password of a protected PDF. Only for binary files and URLs.',
};

const onNoDocument: INodeProperties = {
	displayName: 'If There Is No Document',
	name: 'onNoDocument',
	type: 'options',
	options: [
		{ name: 'Continue Without a Result', value: 'skip', description: 'Return the item unclassified, with an empty ID' },
		{ name: 'Fail the Item', value: 'error', description: 'Stop the workflow, or do what is set under Settings → On Error' },
	],
	default: 'error',
	description: 'What to do with an item that has no matching file, such as an email without attachments. A hint names the fields that were not found.',
	displayOptions: forBinary,
};

const keepFiles: INodeProperties = {
	displayName: 'Keep Files',
	name: 'keepFiles',
	type: 'boolean',
	default: true,
	description: 'Whether to return the input files with the results. Turn this off to be able to pin the output and to use less memory.',
};

const minimumFileSize: INodeProperties = {
	displayName: 'Minimum File Size (Bytes)',
	name: 'minimumFileSize',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'Smaller files, such as logos in email signatures, are skipped and cost nothing',
	displayOptions: forBinary,
};

const onlyFileTypes: INodeProperties = {
	displayName: 'Only File Types',
	name: 'onlyFileTypes',
	type: 'string',
	default: '',
	placeholder: 'e.g. pdf, docx, tiff',
	description: 'File extensions to classify, separated by commas. Other files are skipped and cost nothing. Leave empty to classify all files.',
	displayOptions: forBinary,
};

const collection: INodeProperties = {
	displayName: 'File Options',
	name: 'fileOptions',
	type: 'collection',
	placeholder: 'Add File Option',
	default: {},
};

/** How files are chosen, sent and returned, for everything that starts runs. */
export const fileOptions: INodeProperties = {
	...collection,
	description: 'Which files to classify, and what to do with them',
	options: [deleteFileAfter, fileName, filePassword, onNoDocument, keepFiles, minimumFileSize, onlyFileTypes],
};

export interface FileOptions {
	fileName?: string;
	filePassword?: string;
	filter: FileFilter;
	skipsWithoutDocument: boolean;
	deletesFileAfter: boolean;
	/** Whether the output items have the binary of their input. */
	keepsFiles: boolean;
}

/** @throws ExtendError naming the first that cannot be used */
export function readFileOptions(read: Read): FileOptions {
	const group = read.group(collection);
	return {
		fileName: textIn(group, fileName),
		filePassword: textIn(group, filePassword),
		filter: {
			onlyFileTypes: parseFileTypes(textIn(group, onlyFileTypes) ?? ''),
			minimumSizeBytes: numberIn(group, minimumFileSize) ?? 0,
		},
		skipsWithoutDocument: group.onNoDocument === 'skip',
		deletesFileAfter: flagIn(group, deleteFileAfter) ?? false,
		keepsFiles: flagIn(group, keepFiles) ?? true,
	};
}

const convertToPdf: INodeProperties = {
	displayName: 'Convert to PDF',
	name: 'convertToPdf',
	type: 'boolean',
	default: false,
	description: 'Whether to convert images, spreadsheets and web pages to PDF. Word and PowerPoint files are always converted.',
};

/** The same collection for files that are uploaded and nothing else. */
export const uploadOptions: INodeProperties = {
	...collection,
	description: 'How to upload the files',
	options: [convertToPdf, { ...filePassword, description: 'Password of a protected PDF' }],
};

export interface UploadOptions {
	filePassword?: string;
	convertsToPdf: boolean;
}

/** @throws ExtendError for a password that is not text, and for a switch that is neither on nor off */
export function readUploadOptions(read: Read): UploadOptions {
	const group = read.group(collection);
	return {
		filePassword: textIn(group, filePassword),
		convertsToPdf: flagIn(group, convertToPdf) ?? false,
	};
}
