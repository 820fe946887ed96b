import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../api/errors';
import type { FileInput } from '../api/types';
import { isBlank } from '../documents/blanks';
import { nameText, renameDownload } from '../documents/fileNames';
import type { Read } from '../n8n/read';
import { readFileId } from './file';
import type { StartOptions } from './startOptions';

const SOURCES_BUT_FILES = [
	{ name: 'URL', value: 'url', description: 'A file that Extend can download' },
	{ name: 'Text', value: 'text', description: 'Plain text, such as an email body' },
	{ name: 'Extend File ID', value: 'fileId', description: 'A file already uploaded to Extend' },
];

const fileSource: INodeProperties = {
	displayName: 'Document Source',
	name: 'fileSource',
	type: 'options',
	noDataExpression: true,
	options: [{ name: 'Binary File', value: 'binary', description: 'Files from a previous node' }, ...SOURCES_BUT_FILES],
	default: 'binary',
	description: 'Where the document comes from',
	displayOptions: { hide: { '@tool': [true] } },
};

/** An AI agent hands no files to its tools. */
const fileSourceOfTool: INodeProperties = {
	...fileSource,
	options: SOURCES_BUT_FILES,
	default: 'url',
	displayOptions: { show: { '@tool': [true] } },
};

/** Which files of an item are meant. */
export const binaryFields: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryFields',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data or attachment_*',
	hint: 'Name of the field with the file. Separate several with commas. Use attachment_* for all attachments of an email.',
	description: 'Each file is returned as its own item. An expression can also give a file, such as {{ $binary.data }}, or a list of names.',
};

const runFields: INodeProperties = {
	...binaryFields,
	description: 'Each file starts its own run and is returned as its own item. Files stay at Extend unless you turn on Delete File When Done under File Options. An expression can also give a file, such as {{ $binary.data }}, or a list of names.',
	displayOptions: { show: { fileSource: ['binary'] } },
};

const fileUrl: INodeProperties = {
	displayName: 'File URL',
	name: 'fileUrl',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://example.com/invoice.pdf',
	description: 'Extend downloads the file from this address. It must open without a login and stay valid for at least 15 minutes, or longer in a batch.',
	displayOptions: { show: { fileSource: ['url'] } },
};

const fileId: INodeProperties = {
	displayName: 'File ID',
	name: 'fileId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. file_1234567890',
	description: 'The ID of a file from an upload or an earlier run. Extend does not have to read the file again, which costs less.',
	displayOptions: { show: { fileSource: ['fileId'] } },
};

const text: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. Dear Sir or Madam, please find attached …',
	description: 'The text to classify. It is sent to Extend as a text file.',
	displayOptions: { show: { fileSource: ['text'] } },
};

/** How n8n's editor knows a value that the model fills in, which it shows as such. */
const FILLED_BY_MODEL = '/*n8n-auto-generated-fromAI-override*/';

/** A field that is filled in by the user, or by the model where the node is an agent's tool. */
function byUserOrModel(field: INodeProperties): INodeProperties[] {
	const show = field.displayOptions?.show;
	const key = field.displayName.replaceAll(' ', '_');
	return [
		{ ...field, displayOptions: { show, hide: { '@tool': [true] } } },
		{
			...field,
			default: `={{ ${FILLED_BY_MODEL} $fromAI('${key}', \`${field.description}\`, 'string') }}`,
			displayOptions: { show: { ...show, '@tool': [true] } },
		},
	];
}

/** Where the document of an item is. */
export const documentParameters = [fileSource, fileSourceOfTool, runFields, ...[fileUrl, fileId, text].flatMap(byUserOrModel)];

function readUrl(read: Read): string {
	const url = read.text('fileUrl');
	if (/^https?:\/\/[^/\s]+/i.test(url) && URL.canParse(url)) return url;
	throw inputError(
		url === '' ? 'The File URL is empty' : `The File URL "${url}" is not a web address`,
		'Enter an address that begins with http:// or https://, or choose another Document Source.',
	);
}

function readText(read: Read): string {
	const content = read.rawText('text');
	if (!isBlank(content)) return content;
	throw inputError('The Text is empty', 'Enter the text to classify, or check the expression.');
}

function nameOf(fileName: string | undefined, complete: (chosen: string) => string): { name?: string } {
	return fileName === undefined ? {} : { name: complete(fileName) };
}

/**
 * The document of an item that is not a binary file.
 * @throws ExtendError when it is missing, or when an option does not go with it
 */
export function readFileInput(read: Read, { fileName, filePassword }: StartOptions): FileInput {
	const source = read.text('fileSource');
	if (source === 'url') {
		const settings = filePassword === undefined ? {} : { settings: { password: filePassword } };
		const url = readUrl(read);
		return { url, ...nameOf(fileName, (chosen) => renameDownload(chosen, url)), ...settings };
	}
	if (filePassword !== undefined) {
		throw inputError(
			'A File Password goes with a binary file or a URL only',
			'Remove it under File Options, or choose another Document Source.',
		);
	}
	return source === 'fileId' ? { id: readFileId(read) } : { text: readText(read), ...nameOf(fileName, nameText) };
}
