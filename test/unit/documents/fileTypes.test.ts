import {
	completeFileName,
	extensionForMimeType,
	extensionOf,
	normaliseFileType,
} from '../../../nodes/Extend/documents/fileTypes';

describe('normaliseFileType', () => {
	it.each([
		['pdf', 'pdf'],
		[' PDF ', 'pdf'],
		['.pdf', 'pdf'],
		['*.pdf', 'pdf'],
		['jpeg', 'jpg'],
		['.TIF', 'tiff'],
		['htm', 'html'],
		['markdown', 'md'],
		['', ''],
		['constructor', 'constructor'],
		['__proto__', '__proto__'],
	])('gives one spelling when the type is %j', (text, type) => {
		expect(normaliseFileType(text)).toBe(type);
	});
});

describe('extensionOf', () => {
	it.each([
		['a.pdf', 'pdf'],
		['a.b.PDF', 'PDF'],
		[' a.pdf ', 'pdf'],
		['folder.d/a.docx', 'docx'],
		['große Rechnung.tiff', 'tiff'],
	])('gives the ending when the name is %j', (name, extension) => {
		expect(extensionOf(name)).toBe(extension);
	});

	it.each(['', 'a', 'a.', '.pdf', 'folder/.pdf', 'folder.d/a', 'a.b c', 'Dr. Who', 'a.averylongending', 'Rechnung 12.10.2026', 'Invoice No.5'])(
		'gives undefined when the name is %j',
		(name) => {
			expect(extensionOf(name)).toBeUndefined();
		},
	);
});

describe('extensionForMimeType', () => {
	it.each([
		['application/pdf', 'pdf'],
		['Application/PDF', 'pdf'],
		['text/plain; charset=utf-8', 'txt'],
		['image/jpeg', 'jpg'],
		['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
		['message/rfc822', 'eml'],
	])('gives the ending when the type is %j', (mimeType, extension) => {
		expect(extensionForMimeType(mimeType)).toBe(extension);
	});

	it.each(['', ';', 'application/octet-stream', 'application/zip', 'constructor', '__proto__'])('gives undefined when the type is %j', (mimeType) => {
		expect(extensionForMimeType(mimeType)).toBeUndefined();
	});
});

describe('completeFileName', () => {
	it.each([
		['scan.pdf', 'application/pdf', 'scan.pdf'],
		['scan.tif', 'application/pdf', 'scan.tif'],
		['scan', 'application/pdf', 'scan.pdf'],
		[' scan ', 'image/png', 'scan.png'],
		['scan', 'application/octet-stream', 'scan'],
		['', 'application/pdf', 'document.pdf'],
		['  ', '', 'document'],
		['Rechnung 12.10.2026', 'application/pdf', 'Rechnung 12.10.2026.pdf'],
		['archive.7z', 'application/pdf', 'archive.7z'],
		['Letter to Dr. Who', 'text/plain; charset=utf-8', 'Letter to Dr. Who.txt'],
	])('completes %j of the type %j to %j', (fileName, mimeType, complete) => {
		expect(completeFileName(fileName, mimeType)).toBe(complete);
	});
});
