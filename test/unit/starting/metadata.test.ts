import type { JsonObject } from '../../../nodes/Extend/api/json';
import { buildMetadata, parseUsageTags, POSITION_KEY, START_KEY, USAGE_TAGS_KEY } from '../../../nodes/Extend/starting/metadata';
import { thrownBy } from '../support/faults';

const LIMIT_BYTES = 10_240;

/** Metadata whose JSON, our key included, is exactly so long; filled with a text of so many bytes a sign. */
function metadataOf(totalBytes: number, sign: string, token: string): JsonObject {
	const emptyBytes = Buffer.byteLength(JSON.stringify({ a: '', [START_KEY]: token }));
	const signBytes = Buffer.byteLength(sign);
	const signs = Math.floor((totalBytes - emptyBytes) / signBytes);
	const rest = totalBytes - emptyBytes - signs * signBytes;
	return { a: sign.repeat(signs) + 'x'.repeat(rest) };
}

describe('parseUsageTags', () => {
	it.each([
		['', []],
		[' , ,', []],
		['ap-inbox', ['ap-inbox']],
		[' ap-inbox , n8n,A_1 ', ['ap-inbox', 'n8n', 'A_1']],
	])('splits at commas when the text is %j', (text, tags) => {
		expect(parseUsageTags(text)).toEqual(tags);
	});

	it.each([
		['ap inbox', 'ap inbox'],
		['n8n,größe', 'größe'],
		['a;b', 'a;b'],
		['a.b', 'a.b'],
		['"a"', '"a"'],
		['ok,{}', '{}'],
	])('names the tag when %j has signs that Extend drops', (text, tag) => {
		expect(thrownBy(() => parseUsageTags(text))).toMatchObject({ message: expect.stringContaining(`"${tag}"`), facts: { code: 'INVALID_INPUT' } });
	});
});

describe('buildMetadata', () => {
	it('adds our key to the own ones', () => {
		expect(buildMetadata({ mail: 'AP-1' }, [], { token: 'run:1' })).toEqual({ mail: 'AP-1', [START_KEY]: 'run:1' });
	});

	it('adds the position in a batch where there is one', () => {
		const metadata = buildMetadata({}, [], { token: 'run:1', position: '12.0' });
		expect(metadata).toEqual({ [START_KEY]: 'run:1', [POSITION_KEY]: '12.0' });
		expect(POSITION_KEY).toBe('n8n:position');
	});

	it('adds the mark of the workflow where there is one', () => {
		const metadata = buildMetadata({ mail: 'AP-1' }, [], { token: 'run:1', workflowMark: '6fe5b6257593' });
		expect(metadata).toEqual({ mail: 'AP-1', [START_KEY]: 'run:1', 'n8n:workflow': '6fe5b6257593' });
	});

	it('counts the position too', () => {
		const own = metadataOf(LIMIT_BYTES, 'x', 'run:1');
		expect(() => buildMetadata(own, [], { token: 'run:1', position: '0.0' })).toThrow('bytes long');
	});

	it('puts the tags under the key of Extend', () => {
		expect(buildMetadata({}, ['a', 'b'], { token: 'run:1' })).toEqual({ [USAGE_TAGS_KEY]: ['a', 'b'], [START_KEY]: 'run:1' });
	});

	it('uses the names that the contract and Extend give', () => {
		expect([START_KEY, USAGE_TAGS_KEY]).toEqual(['n8n:start', 'extend:usage_tags']);
	});

	it('leaves what it was given unchanged', () => {
		const own = { a: 1 };
		buildMetadata(own, ['t'], { token: 'run:1' });
		expect(own).toEqual({ a: 1 });
	});

	it.each(['n8n:', 'n8n:anything', 'n8n:start2'])('refuses the key %s, which is kept for us', (key) => {
		expect(thrownBy(() => buildMetadata({ [key]: 1 }, [], { token: 'run:1' })).message).toContain(`"${key}"`);
	});

	it('drops our own keys, which an earlier run has handed on', () => {
		const earlier = buildMetadata({ mail: 'AP-1' }, ['a'], { token: 'run:1', position: '0.0' });
		expect(buildMetadata(earlier, ['b'], { token: 'run:2' })).toEqual({ mail: 'AP-1', [USAGE_TAGS_KEY]: ['a', 'b'], [START_KEY]: 'run:2' });
	});

	it('sends what JSON makes of dates and of what is not set', () => {
		const own = { at: new Date(0), unset: undefined } as unknown as JsonObject;
		expect(buildMetadata(own, [], { token: 'run:1' })).toEqual({ at: '1970-01-01T00:00:00.000Z', [START_KEY]: 'run:1' });
	});

	it('refuses what JSON has no words for', () => {
		const circular: Record<string, unknown> = {};
		circular.itself = circular;
		for (const own of [circular, { big: 10n }]) {
			expect(thrownBy(() => buildMetadata(own as unknown as JsonObject, [], { token: 'run:1' })).message).toBe('The metadata cannot be written as JSON');
		}
	});

	it.each(['__proto__', 'constructor', 'prototype'])('keeps the key %s', (key) => {
		const own = JSON.parse(`{"${key}":"x"}`) as JsonObject;
		expect(JSON.stringify(buildMetadata(own, [], { token: 'run:1' }))).toContain(`"${key}":"x"`);
	});

	it.each(['n8n', 'N8N:start', 'my n8n:start', 'constructor'])('takes the key %s', (key) => {
		expect(buildMetadata({ [key]: 1 }, [], { token: 'run:1' })).toHaveProperty([key], 1);
	});

	it.each(['x', 'ü', '€', '😀'])('takes exactly 10 KB when the text is made of %s', (sign) => {
		const metadata = buildMetadata(metadataOf(LIMIT_BYTES, sign, 'run:1'), [], { token: 'run:1' });
		expect(Buffer.byteLength(JSON.stringify(metadata))).toBe(LIMIT_BYTES);
	});

	it.each(['x', 'ü', '€', '😀'])('refuses one byte more than 10 KB when the text is made of %s', (sign) => {
		const error = thrownBy(() => buildMetadata(metadataOf(LIMIT_BYTES + 1, sign, 'run:1'), [], { token: 'run:1' }));
		expect(error.message).toContain(`${LIMIT_BYTES + 1} bytes`);
		expect(error.facts.code).toBe('INVALID_INPUT');
	});

	it('counts the tags too', () => {
		const own = metadataOf(LIMIT_BYTES, 'x', 'run:1');
		expect(() => buildMetadata(own, ['tag'], { token: 'run:1' })).toThrow('bytes long');
	});
});
