import { readFileInput } from '../../../nodes/Extend/parameters/document';
import type { StartOptions } from '../../../nodes/Extend/parameters/startOptions';
import { readStartOptions } from '../../../nodes/Extend/parameters/startOptions';
import type { FileInput } from '../../../nodes/Extend/api/types';
import { fakeRead } from '../support/fakeRead';
import { thrownBy } from '../support/faults';

const optionsOf = (fileOptions: Record<string, unknown>): StartOptions => readStartOptions(fakeRead({ fileOptions }));
const read = (parameters: Record<string, unknown>, options = {}): FileInput => readFileInput(fakeRead(parameters), optionsOf(options));

const URL_SOURCE = { fileSource: 'url', fileUrl: ' https://a.example/scan.pdf?x=1 ' };
const ID_SOURCE = { fileSource: 'fileId', fileId: ' file_1 ' };
const TEXT_SOURCE = { fileSource: 'text', text: ' Dear Sir,\n' };

describe('readFileInput', () => {
	it.each([
		['a URL', URL_SOURCE, {}, { url: 'https://a.example/scan.pdf?x=1' }],
		[
			'a URL with name and password',
			URL_SOURCE,
			{ fileName: 'a.pdf', filePassword: 'open' },
			{ url: 'https://a.example/scan.pdf?x=1', name: 'a.pdf', settings: { password: 'open' } },
		],
		['a file at Extend', ID_SOURCE, {}, { id: 'file_1' }],
		['a file at Extend, which keeps its name', ID_SOURCE, { fileName: 'a.pdf' }, { id: 'file_1' }],
		['a text, blanks and all', TEXT_SOURCE, {}, { text: ' Dear Sir,\n' }],
		['a text with a name', TEXT_SOURCE, { fileName: 'mail.txt' }, { text: ' Dear Sir,\n', name: 'mail.txt' }],
	])('gives %s', (_, parameters, options, file) => {
		expect(read(parameters, options)).toEqual(file);
	});

	it.each([ID_SOURCE, TEXT_SOURCE])('refuses a password when the source is $fileSource', (parameters) => {
		expect(thrownBy(() => read(parameters, { filePassword: 'open' })).message).toContain('File Password');
	});

	it.each(['http://localhost:8080/a', 'HTTPS://A.EXAMPLE', 'https://a.example/große Datei.pdf'])('takes the URL %s', (fileUrl) => {
		expect(read({ fileSource: 'url', fileUrl })).toEqual({ url: fileUrl });
	});

	it.each(['a.example/a.pdf', 'ftp://a.example/a', 'file:///etc/passwd', 'https://', 'http:///a', 'data:text/plain,a', 'https://a b/', '{{ $json.url }}'])(
		'quotes the URL when it is %j',
		(fileUrl) => {
			expect(thrownBy(() => read({ fileSource: 'url', fileUrl })).message).toContain(`"${fileUrl}"`);
		},
	);

	it.each([
		['File URL', { fileSource: 'url', fileUrl: ' ' }],
		['File ID', { fileSource: 'fileId', fileId: '' }],
		['Text', { fileSource: 'text', text: ' \n ' }],
	])('says that the %s is empty', (label, parameters) => {
		expect(thrownBy(() => read(parameters)).message).toBe(`The ${label} is empty`);
	});

	it.each([
		['clr_1', 'run'],
		['bpr_1', 'batch'],
	])('names the File ID %s as that of a %s', (fileId, kind) => {
		const { message, advice } = thrownBy(() => read({ fileSource: 'fileId', fileId }));
		expect(message).toBe(`The File ID "${fileId}" is the ID of a ${kind}, not of a file`);
		expect(advice).toContain('$json.fileId');
	});
});
