import { parsePageRanges } from '../../../nodes/Extend/documents/pageRanges';
import { thrownBy } from '../support/faults';

describe('parsePageRanges', () => {
	it.each([
		['1', [{ start: 1, end: 1 }]],
		['1-3,8', [{ start: 1, end: 3 }, { start: 8, end: 8 }]],
		[' 2 - 4 , 9 ', [{ start: 2, end: 4 }, { start: 9, end: 9 }]],
		['7-7', [{ start: 7, end: 7 }]],
		['1-2,,3,', [{ start: 1, end: 2 }, { start: 3, end: 3 }]],
		['007', [{ start: 7, end: 7 }]],
	])('reads pages and ranges when the text is %j', (text, ranges) => {
		expect(parsePageRanges(text)).toEqual(ranges);
	});

	it.each([
		['0', '0'],
		['0-3', '0-3'],
		['3-1', '3-1'],
		['1-3,x', 'x'],
		['1-', '1-'],
		['-3', '-3'],
		['1-2-3', '1-2-3'],
		['1.5', '1.5'],
		['1;2', '1;2'],
		['1–3', '1–3'],
		['all', 'all'],
		['1e3', '1e3'],
		['', ''],
		[',', ','],
		['9'.repeat(400), '9'.repeat(400)],
	])('names the part when it cannot read %j', (text, part) => {
		const error = thrownBy(() => parsePageRanges(text));
		expect(error.message).toContain(`"${part}"`);
		expect(error.facts.code).toBe('INVALID_INPUT');
	});
});
