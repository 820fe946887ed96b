import { parseFileTypes, reasonToSkip, selectFields } from '../../../nodes/Extend/documents/selection';
import { thrownBy } from '../support/faults';

const MAIL = ['attachment_0', 'attachment_1', 'attachment_10', 'inline_0', 'data'];

describe('parseFileTypes', () => {
	it.each([
		['', []],
		[' , ', []],
		['pdf, .DOCX,*.tif', ['pdf', 'docx', 'tiff']],
		['pdf docx; 7z', ['pdf', 'docx', '7z']],
	])('splits at commas, semicolons and blanks when the text is %j', (text, types) => {
		expect(parseFileTypes(text)).toEqual(types);
	});

	it.each(['*', '*.*', 'application/pdf', 'pdf|docx', 'päd'])('says of %j what to write, since it would leave out every file', (text) => {
		const error = thrownBy(() => parseFileTypes(`pdf, ${text}`));
		expect(error.message).toBe(`Only File Types has "${text}", which is no ending of a file name`);
		expect(error.facts).toEqual({ code: 'INVALID_INPUT', retryable: false });
	});
});

describe('selectFields', () => {
	it.each([
		['data', ['data']],
		[' data ', ['data']],
		['inline_0,data', ['inline_0', 'data']],
		['attachment_*', ['attachment_0', 'attachment_1', 'attachment_10']],
		['attachment_?', ['attachment_0', 'attachment_1']],
		['*_0', ['attachment_0', 'inline_0']],
		['*', MAIL],
		['data,*', ['data', 'attachment_0', 'attachment_1', 'attachment_10', 'inline_0']],
		['data,data,data', ['data']],
		['attachment_1*,attachment_?', ['attachment_1', 'attachment_10', 'attachment_0']],
		[',data,,', ['data']],
		['document_*', []],
		['DATA*', []],
	])('finds the fields when the text is %j', (text, fields) => {
		expect(selectFields(text, MAIL)).toEqual(fields);
	});

	it.each(['.', '+', '^', '$', '(', ')', '[', ']', '{', '}', '|', '\\', '/'])('takes %s in a pattern for the sign itself', (sign) => {
		const field = `a${sign}b`;
		expect(selectFields(`a${sign}*`, [field, 'aab', 'ab', 'aXb'])).toEqual([field]);
	});

	it.each(['data.', 'a+', 'constructor'])('takes a plain name for nothing but itself when it is %j', (name) => {
		expect(selectFields(name, [name, 'dataX', 'aa'])).toEqual([name]);
	});

	it('is empty when the item has no files and a pattern is given', () => {
		expect(selectFields('*', [])).toEqual([]);
	});

	it('names the fields there are when a plain one is missing', () => {
		const error = thrownBy(() => selectFields('data,invoice', ['data', 'photo']));
		expect(error.message).toBe('The item has no file in the field "invoice"');
		expect(error.advice).toContain('data, photo');
		expect(error.facts.code).toBe('INVALID_INPUT');
	});

	it('says that there are none when the item has no files', () => {
		expect(thrownBy(() => selectFields('data', [])).advice).toContain('no files at all');
	});

	it.each(['', '  ', ',', ' , '])('asks for a name when the text is %j', (text) => {
		expect(thrownBy(() => selectFields(text, MAIL)).message).toBe('No binary field is named');
	});
});

describe('reasonToSkip', () => {
	const file = { field: 'data', fileName: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 1_000 };
	const all = { onlyFileTypes: [], minimumSizeBytes: 0 };

	it.each([
		['there is no filter', {}, all],
		['its type is wanted', {}, { ...all, onlyFileTypes: ['docx', 'pdf'] }],
		['its type is wanted in another spelling', { fileName: 'a.JPEG' }, { ...all, onlyFileTypes: ['jpg'] }],
		['its name has no ending and its MIME type is wanted', { fileName: 'scan' }, { ...all, onlyFileTypes: ['pdf'] }],
		['its name ends with a date', { fileName: 'Scan 12.10.2026' }, { ...all, onlyFileTypes: ['pdf'] }],
		['it is just large enough', {}, { ...all, minimumSizeBytes: 1_000 }],
		['it is empty and all sizes are wanted', { sizeBytes: 0 }, all],
	])('gives undefined when %s', (_, more, filter) => {
		expect(reasonToSkip({ ...file, ...more }, filter)).toBeUndefined();
	});

	it.each([
		['its type is not wanted', { fileName: 'logo.PNG' }, { ...all, onlyFileTypes: ['pdf'] }, 'file type png'],
		['its ending counts more than its MIME type', { fileName: 'invite.ics' }, { ...all, onlyFileTypes: ['pdf'] }, 'file type ics'],
		['its type is not known', { fileName: 'x', mimeType: '' }, { ...all, onlyFileTypes: ['pdf'] }, 'unknown file type'],
		['it is too small', { sizeBytes: 999 }, { ...all, minimumSizeBytes: 1_000 }, '999 bytes'],
	])('says why when %s', (_, more, filter, reason) => {
		expect(reasonToSkip({ ...file, ...more }, filter)).toBe(reason);
	});
});
