import { describeFile } from '../../../nodes/Extend/n8n/binary';
import { thrownBy } from '../support/faults';

describe('describeFile', () => {
	it.each<[string, unknown, string, string]>([
		['a file', { mimeType: 'application/pdf', fileName: 'scan.pdf' }, 'scan.pdf', 'application/pdf'],
		['a number for a name', { mimeType: 'application/pdf', fileName: 4711 }, '4711.pdf', 'application/pdf'],
		['an object for a name', { mimeType: 'application/pdf', fileName: { a: 1 } }, 'document.pdf', 'application/pdf'],
		['null for everything', { mimeType: null, fileName: null, fileExtension: null, data: null, id: null }, 'document', ''],
		['numbers for everything', { mimeType: 1, fileName: 2, fileExtension: 3, data: 4, id: 5 }, '2', ''],
		['objects for everything', { mimeType: {}, fileName: [], fileExtension: {}, data: {}, id: [] }, 'document', ''],
		['a MIME type that would be a header of its own', { mimeType: 'application/pdf\r\nX-Other: 1', fileName: 'a.pdf' }, 'a.pdf', ''],
		['an extension that n8n has guessed', { mimeType: 'application/octet-stream', fileName: 'a1b2', fileExtension: 'bin' }, 'a1b2', 'application/octet-stream'],
		['an extension that Extend takes', { mimeType: 'application/octet-stream', fileName: 'a1b2', fileExtension: 'pdf' }, 'a1b2.pdf', 'application/octet-stream'],
	])('gives name and MIME type of %s', (_, data, fileName, mimeType) => {
		expect(describeFile('data', data)).toMatchObject({ field: 'data', fileName, mimeType });
	});

	it.each([null, undefined, 'JVBERg==', 5, true, []])('says that the field holds no file when it holds %j', (data) => {
		expect(thrownBy(() => describeFile('scan', data)).message).toMatch(/^The field "scan" holds no file/);
	});
});
