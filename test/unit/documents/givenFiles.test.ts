import { filesGiven, isFile, missingFieldError } from '../../../nodes/Extend/documents/givenFiles';
import { thrownBy } from '../support/faults';

const stored = (name: string): Record<string, unknown> => ({ mimeType: 'application/pdf', fileName: name, id: `filesystem-v2:${name}`, data: 'filesystem-v2' });
const held = (name: string, data = 'JVBERg=='): Record<string, unknown> => ({ mimeType: 'application/pdf', fileName: name, data });
/** As an expression gives a file of the item itself: n8n leaves its content out. */
const seen = (file: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(file).filter(([key]) => key !== 'data'));

const front = stored('front.pdf');
const back = held('back.pdf');
const own = { front, back };
const foreign = stored('foreign.pdf');

const fieldsOf = (value: unknown, files: Record<string, unknown> = own): Array<[string, boolean]> =>
	filesGiven(value, files).files.map(({ field, isOwn }) => [field, isOwn]);

describe('filesGiven', () => {
	it.each<[string, unknown, Array<[string, boolean]>]>([
		['a name', 'front', [['front', true]]],
		['several names', 'back, front', [['back', true], ['front', true]]],
		['a pattern', '*', [['front', true], ['back', true]]],
		['a file of the item', seen(front), [['front', true]]],
		['a file of the item that is kept in memory', seen(back), [['back', true]]],
		['a file of the item with its content', back, [['back', true]]],
		['a file of another node', foreign, [['data', false]]],
		['a file of another node that is kept in memory', held('other.pdf'), [['data', false]]],
		['an array of names', ['front', 'back'], [['front', true], ['back', true]]],
		['an array of names and patterns', ['b*', 'front'], [['back', true], ['front', true]]],
		['an array of files', [seen(front), foreign], [['front', true], ['data', false]]],
		['several files of other nodes', [foreign, stored('b.pdf')], [['data', false], ['data_1', false]]],
		['the same file twice', [foreign, { ...foreign }, 'front', seen(front)], [['data', false], ['front', true]]],
		['all files of the item', { front: seen(front), back: seen(back) }, [['front', true], ['back', true]]],
		['all files of another item', { scan: foreign, front: stored('c.pdf') }, [['scan', false], ['front_1', false]]],
		['another item', { json: { a: 1 }, binary: { scan: foreign } }, [['scan', false]]],
		['items', [{ json: {}, binary: { scan: foreign } }, { json: {}, binary: { scan: stored('d.pdf') } }], [['scan', false], ['scan_1', false]]],
		['an item without files', { json: { a: 1 } }, []],
		['nothing', undefined, []],
		['null', null, []],
		['an empty array', [], []],
		['an array of nothing', [undefined, null, ''], []],
		['no files', {}, []],
	])('finds the files when Input Binary Field is %s', (_, value, files) => {
		expect(fieldsOf(value)).toEqual(files);
	});

	it('takes a number for a name', () => {
		expect(fieldsOf(0, { 0: front })).toEqual([['0', true]]);
	});

	it('gives content and ID of the item\'s own file, and what the expression says besides', () => {
		expect(filesGiven({ ...seen(back), fileName: 'back.pdf' }, own).files[0]?.data).toEqual(back);
		expect(filesGiven({ ...seen(front), fileName: 'renamed.pdf' }, own).files[0]).toEqual({ field: 'front', isOwn: true, data: { ...front, fileName: 'renamed.pdf' } });
	});

	it('gives a foreign file another field than the item\'s own', () => {
		expect(fieldsOf(foreign, { data: front })).toEqual([['data_1', false]]);
	});

	it('takes the file of the same field when several are alike, as all files of the item are given', () => {
		const twins = { a: held('x.pdf', 'AAAA'), b: held('x.pdf', 'BBBB') };
		const { files } = filesGiven({ a: seen(twins.a), b: seen(twins.b) }, twins);
		expect(files.map(({ field, data }) => [field, data])).toEqual([['a', twins.a], ['b', twins.b]]);
	});

	it('asks for a name when a file cannot be told from others of other content', () => {
		const twins = { a: held('x.pdf', 'AAAA'), b: held('x.pdf', 'BBBB') };
		expect(thrownBy(() => filesGiven(seen(twins.b), twins)).message).toContain('cannot be told from others of the item: a, b');
		expect(fieldsOf(twins.b, twins)).toEqual([['b', true]]);
	});

	it('takes either when two fields hold the same file', () => {
		expect(fieldsOf(seen(front), { a: front, b: { ...front } })).toEqual([['a', true]]);
	});

	it('keeps a broken field that is named or given, for it to fail by itself', () => {
		expect(filesGiven('*', { a: null, b: 5 }).files.map(({ data }) => data)).toEqual([null, 5]);
		expect(filesGiven({ ...own, front: 'x' }, { ...own, front: 'x' }).files.map(({ data }) => data)).toEqual(['x', own.back]);
	});

	it('names the plain names that the item does not have, each once', () => {
		expect(filesGiven(['front', 'x', 'y, x'], own).missing).toEqual(['x', 'y']);
		expect(missingFieldError('x', own).advice).toContain('front, back');
	});

	it.each([{ a: 1 }, { other: 'x' }, [{ a: {} }], { deep: { front: { a: 1 } } }])('refuses data that is no file: %j', (value) => {
		expect(thrownBy(() => filesGiven(value, own)).message).toBe('Input Binary Field holds data that is no file');
	});

	it.each(['', ' '])('asks for a name when the text is %j', (text) => {
		expect(thrownBy(() => filesGiven(text, own)).message).toBe('No binary field is named');
	});
});

describe('isFile', () => {
	it.each([{ mimeType: 'a/b' }, { data: 'AAAA' }, { id: 's3:x' }, { mimeType: 'a/b', data: null }])('is true of %j', (value) => {
		expect(isFile(value)).toBe(true);
	});

	it.each([undefined, null, 'a', [], {}, { id: 'clr_1' }, { data: { mimeType: 'a/b' } }])('is false of %j', (value) => {
		expect(isFile(value)).toBe(false);
	});
});
