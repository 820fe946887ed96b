import { missingField, parseFileTypes, reasonToSkip, selectFields } from '../../../nodes/Extend/documents/selection';
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
		expect(selectFields(text, MAIL)).toEqual({ fields, missing: [] });
	});

	it.each(['.', '+', '^', '$', '(', ')', '[', ']', '{', '}', '|', '\\', '/'])('takes %s in a pattern for the sign itself', (sign) => {
		const field = `a${sign}b`;
		expect(selectFields(`a${sign}*`, [field, 'aab', 'ab', 'aXb']).fields).toEqual([field]);
	});

	it.each(['data.', 'a+', 'constructor'])('takes a plain name for nothing but itself when it is %j', (name) => {
		expect(selectFields(name, [name, 'dataX', 'aa'])).toEqual({ fields: [name], missing: [] });
	});

	it('is empty when the item has no files and a pattern is given', () => {
		expect(selectFields('*', [])).toEqual({ fields: [], missing: [] });
	});

	it.each([
		['data,invoice', ['data'], ['invoice']],
		['invoice', [], ['invoice']],
		['constructor,__proto__', [], ['constructor', '__proto__']],
		['scan_*,invoice', [], ['invoice']],
	])('names the plain names that are missing when the text is %j', (text, fields, missing) => {
		expect(selectFields(text, ['data', 'photo'])).toEqual({ fields, missing });
	});

	it.each([
		['x,y', ['x,y', 'x', 'y'], ['x,y']],
		['x,y', ['x', 'y'], ['x', 'y']],
		['x, y', ['x, y'], ['x, y']],
		['x,y, data', ['x,y', 'data'], ['x,y', 'data']],
		['data ,x,y,*', ['x,y', 'data', 'z'], ['data', 'x,y', 'z']],
		['a,b,c,d', ['a,b', 'c,d', 'b,c,d'], ['a,b', 'c,d']],
		['what?', ['what?', 'whatX'], ['what?']],
		['a*,b', ['a*', 'ab', 'b'], ['a*', 'b']],
		[' data ', [' data ', 'data'], [' data ']],
	])('finds a field whose own name has commas, stars or blanks when the text is %j and the fields are %j', (text, available, fields) => {
		expect(selectFields(text, available)).toEqual({ fields, missing: [] });
	});

	it('finds a field whose name has a line break when the pattern is a star', () => {
		expect(selectFields('*', ['a\nb']).fields).toEqual(['a\nb']);
	});

	it('splits a megabyte of commas', () => {
		expect(selectFields(`${','.repeat(1_000_000)}x,y`, ['x,y']).fields).toEqual(['x,y']);
	});

	it.each(['', '  ', ',', ' , '])('asks for a name when the text is %j', (text) => {
		expect(thrownBy(() => selectFields(text, MAIL)).message).toBe('No binary field is named');
	});
});

describe('missingField', () => {
	it('names the fields there are', () => {
		const error = missingField('invoice', ['data', 'photo']);
		expect(error.message).toBe('The item has no file in the field "invoice"');
		expect(error.advice).toContain('data, photo');
		expect(error.facts).toEqual({ code: 'INVALID_INPUT', retryable: false });
	});

	it('says that there are none when the item has no files', () => {
		expect(missingField('data', []).advice).toContain('no files at all');
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
		['its ending names no type and its MIME type is wanted', { fileName: 'Letter from St.Gallen' }, { ...all, onlyFileTypes: ['pdf'] }],
		['it ends as is wanted, although that names no type', { fileName: 'winmail.dat', mimeType: '' }, { ...all, onlyFileTypes: ['dat'] }],
		['its size is not known yet', { sizeBytes: undefined }, { ...all, minimumSizeBytes: 10 }],
		['it is just large enough', {}, { ...all, minimumSizeBytes: 1_000 }],
		['it is empty and all sizes are wanted', { sizeBytes: 0 }, all],
	])('gives undefined when %s', (_, more, filter) => {
		expect(reasonToSkip({ ...file, ...more }, filter)).toBeUndefined();
	});

	it.each([
		['its type is not wanted', { fileName: 'logo.PNG' }, { ...all, onlyFileTypes: ['pdf'] }, 'file type png'],
		['its ending counts more than its MIME type', { fileName: 'invite.ics' }, { ...all, onlyFileTypes: ['pdf'] }, 'file type ics'],
		['its type is not known', { fileName: 'x', mimeType: '' }, { ...all, onlyFileTypes: ['pdf'] }, 'unknown file type'],
		['its ending names no type and its MIME type neither', { fileName: 'Quote for example.com', mimeType: '' }, { ...all, onlyFileTypes: ['pdf'] }, 'unknown file type'],
		['it is too small', { sizeBytes: 999 }, { ...all, minimumSizeBytes: 1_000 }, '999 bytes'],
	])('says why when %s', (_, more, filter, reason) => {
		expect(reasonToSkip({ ...file, ...more }, filter)).toBe(reason);
	});
});
