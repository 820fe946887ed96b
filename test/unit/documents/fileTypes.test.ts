import { endingOf, extensionForMimeType, extensionOf, isTaken, normaliseFileType } from '../../../nodes/Extend/documents/fileTypes';

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
		['archive.7z', '7z'],
		['page.htm', 'htm'],
		['photo.jfif', 'jfif'],
	])('gives the ending when the name is %j', (name, extension) => {
		expect(extensionOf(name)).toBe(extension);
	});

	it.each(['', 'a', 'a.', '.pdf', 'folder/.pdf', 'folder.d/a', 'a.b c', 'Dr. Who', 'a.averylongending', 'Rechnung 12.10.2026', 'Invoice No.5', 'Invoice from St.Gallen', 'Quote for example.com', 'a.constructor', '..pdf', 'x.bin', 'x.tmp'])(
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

describe('endingOf', () => {
	it.each([
		['winmail.dat', 'dat'],
		['Letter from St.Gallen', 'Gallen'],
		['Scan 12.10.2026', undefined],
		['.pdf', undefined],
		['a', undefined],
	])('gives what stands behind the last dot of %j', (name, ending) => {
		expect(endingOf(name)).toBe(ending);
	});

	it('reads a megabyte of dots', () => {
		expect(endingOf('.'.repeat(1_000_000))).toBeUndefined();
	});
});

describe('isTaken', () => {
	it.each(['pdf', 'PDF', 'tif', 'jpeg', 'ppm', 'lis'])('is true for %s', (extension) => {
		expect(isTaken(extension)).toBe(true);
	});

	it.each(['', 'htm', 'jfif', 'tsv', 'ics', 'bin', 'constructor'])('is false for %j', (extension) => {
		expect(isTaken(extension)).toBe(false);
	});
});
