import { completeFileName, nameText, renameDownload, renameFile } from '../../../nodes/Extend/documents/fileNames';

describe('completeFileName', () => {
	it.each([
		['scan.pdf', 'application/pdf', 'scan.pdf'],
		['scan.tif', 'application/pdf', 'scan.tif'],
		['scan', 'application/pdf', 'scan.pdf'],
		[' scan ', 'image/png', 'scan.png'],
		['scan', 'application/octet-stream', 'scan'],
		['', 'application/pdf', 'document.pdf'],
		['  ', '', 'document'],
		['\u200b\u2060', 'application/pdf', 'document.pdf'],
		['Rechnung 12.10.2026', 'application/pdf', 'Rechnung 12.10.2026.pdf'],
		['archive.7z', 'application/pdf', 'archive.7z'],
		['invite.ics', 'text/plain', 'invite.ics'],
		['Letter to Dr. Who', 'text/plain; charset=utf-8', 'Letter to Dr. Who.txt'],
		['Letter from St.Gallen', 'application/pdf', 'Letter from St.Gallen.pdf'],
		['Quote for example.com', 'application/pdf', 'Quote for example.com.pdf'],
		['download.php', 'application/pdf', 'download.php.pdf'],
		['photo.jfif', 'image/jpeg', 'photo.jfif.jpg'],
		['page.HTM', '', 'page.HTM.html'],
		['photo.JPEG', 'image/jpeg', 'photo.JPEG'],
		['.pdf', 'application/pdf', 'document.pdf'],
		['.pdf', '', 'document.pdf'],
		['...', 'application/pdf', 'document.pdf'],
		['Invoice.', 'application/pdf', 'Invoice.pdf'],
		['Invoice\r\n4711.pdf', 'application/pdf', 'Invoice 4711.pdf'],
	])('completes %j of the type %j to %j', (fileName, mimeType, complete) => {
		expect(completeFileName(fileName, mimeType)).toBe(complete);
	});

	it.each([
		['bin', 'a1b2'],
		['', 'a1b2'],
		['com', 'a1b2'],
		['PDF', 'a1b2.pdf'],
	])('takes the guess %j only where Extend takes such files', (guess, complete) => {
		expect(completeFileName('a1b2', 'application/octet-stream', guess)).toBe(complete);
	});

	it('believes the MIME type before the guess', () => {
		expect(completeFileName('scan', 'image/png', 'pdf')).toBe('scan.png');
	});

	it.each(['.', ' ', '\u200b', '.x', 'a.', '\n'])('completes half a million times %j', (part) => {
		expect(completeFileName(part.repeat(500_000), 'application/pdf')).toMatch(/\.pdf$/);
	});
});

describe('renameFile', () => {
	const scan = { fileName: 'scan.pdf', mimeType: 'application/octet-stream' };

	it.each([
		['Invoice 4711', scan, 'Invoice 4711.pdf'],
		['Invoice No.4711', scan, 'Invoice No.4711.pdf'],
		['b.docx', scan, 'b.docx'],
		['...', scan, 'document.pdf'],
		['.pdf', scan, 'document.pdf'],
		['Invoice', { fileName: 'scan', mimeType: 'image/png' }, 'Invoice.png'],
		['Invoice', { fileName: 'scan', mimeType: '' }, 'Invoice'],
	])('gives %j the extension of %j', (chosen, file, name) => {
		expect(renameFile(chosen, file)).toBe(name);
	});
});

describe('renameDownload', () => {
	it.each([
		['Invoice', 'https://files.example.com/a.pdf?name=b.docx', 'Invoice.pdf'],
		['Invoice.tif', 'https://files.example.com/a.pdf', 'Invoice.tif'],
		['Invoice', 'https://files.example.com/', 'Invoice'],
		['Invoice', 'https://files.example.com', 'Invoice'],
		['Invoice', 'https://files.example.com/download.php', 'Invoice'],
		['Invoice', 'https://files.example.com/all.zip', 'Invoice'],
	])('completes %j from %s', (chosen, url, name) => {
		expect(renameDownload(chosen, url)).toBe(name);
	});
});

describe('nameText', () => {
	it.each([
		['Brief', 'Brief.txt'],
		['Brief.txt', 'Brief.txt'],
		['Brief.md', 'Brief.md'],
		['Brief.eml', 'Brief.eml'],
		['Brief.pdf', 'Brief.pdf.txt'],
		['Brief an Dr. Who', 'Brief an Dr. Who.txt'],
		['page.htm', 'page.htm.html'],
		['.txt', 'document.txt'],
		['...', 'document.txt'],
	])('names a text %j %j', (chosen, name) => {
		expect(nameText(chosen)).toBe(name);
	});
});
