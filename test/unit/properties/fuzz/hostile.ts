import fc from 'fast-check';

/** A key that stands on Object.prototype while texts are parsed: see watch.ts. */
export const CANARY = 'canary';

/** Pieces that have broken parsers before. */
const PIECES = [
	CANARY, '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'null', 'undefined', 'NaN', 'Infinity', '-1', '0', '1e308', '99999999999999999999', '0x10', '٣',
	' ', '\t', '\r\n', '\u0000', '\ud800', '\udc00', '😀', '\u202e', '\ufeff', 'İ', 'ß', '..', '/', '\\', '\\\\', '%', '%00', '%2e%2e', '?', '#', '@', ':', ';', ',', '.', '-', '*', '<', '>', '"', "'",
	'&', '{', '}', '[', ']', '(', ')', '|', '$', '^', '+', '=', '${', '{{', '<script>', '</style ', '://', 'http://', 'javascript:', '\n\n',
];

/**
 * A text from pieces that mean something to the parser, from such as have broken others, or of any characters;
 * sometimes one piece many times.
 */
export function hostileText(...pieces: string[]): fc.Arbitrary<string> {
	const piece = pieces.length === 0 ? fc.constantFrom(...PIECES) : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.constantFrom(...PIECES) });
	return fc.oneof(
		{ weight: 12, arbitrary: fc.array(piece, { maxLength: 10 }).map((parts) => parts.join('')) },
		{ weight: 3, arbitrary: fc.tuple(piece, fc.nat(200), piece).map(([part, count, end]) => part.repeat(count) + end) },
		{ weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
		{ weight: 1, arbitrary: fc.constantFrom('', ' ') },
	);
}

const quoted = hostileText().map((text) => JSON.stringify(text));
const LEAVES = ['null', 'true', 'false', '0', '-0', '0.5', '1e999', '-1e308', '12345678901234567890', '""', '[]', '{}', '[[]]', '[null]', '{"":""}', `"${CANARY}"`, '"__proto__"'];
const DEPTH = 3_000;
const DEEP = ['['.repeat(DEPTH) + ']'.repeat(DEPTH), `${'{"error":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`, '['.repeat(DEPTH)];
const ODD_KEYS = [CANARY, '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', 'toJSON', 'length', '0', ''];

/** The members of an object as JSON, so that keys such as `__proto__` are there as they would be in an answer. */
function objectOf(entries: ReadonlyArray<readonly [string, string]>): string {
	return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

/** JSON text whose objects have these keys among others, with values of any kind below them; now and then one that was cut off, or no JSON. */
export function hostileJson(keys: readonly string[], values: readonly string[] = []): fc.Arbitrary<string> {
	const key = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...keys) }, { weight: 1, arbitrary: fc.constantFrom(...ODD_KEYS) });
	const leaf = fc.oneof(fc.constantFrom(...LEAVES, ...values.map((value) => JSON.stringify(value))), quoted);
	const limits = { maxDepth: 4, depthIdentifier: 'json' };
	const { value } = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
		value: fc.oneof(limits, leaf, tie('list'), tie('object')),
		list: fc.array(tie('value'), { maxLength: 4, depthIdentifier: 'json' }).map((members) => `[${members.join(',')}]`),
		object: fc.array(fc.tuple(key, tie('value')), { maxLength: 8, depthIdentifier: 'json' }).map(objectOf),
	}));
	const object = fc.array(fc.tuple(key, value), { maxLength: 14 }).map(objectOf);
	const cut = fc.tuple(object, fc.nat(400)).map(([text, length]) => text.slice(0, length));
	return fc.oneof(
		{ weight: 240, arbitrary: object },
		{ weight: 60, arbitrary: value },
		{ weight: 32, arbitrary: cut },
		{ weight: 32, arbitrary: hostileText() },
		{ weight: 1, arbitrary: fc.constantFrom(...DEEP) },
	);
}
