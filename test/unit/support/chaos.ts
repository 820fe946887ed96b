import fc from 'fast-check';

/** Texts that have broken programs before. */
const ODD_TEXTS = ['', ' ', '__proto__', 'constructor', 'null', '0', '<script>', '<'.repeat(5_000), '😀'.repeat(500), '\ud800', '\u0000', 'ä\u0308\u202e', 'x'.repeat(200_000)];
const KEYS = [
	'id', 'object', 'status', 'output', 'type', 'confidence', 'insights', 'content', 'failureReason', 'failureMessage', 'metadata', 'n8n:start', 'classifier', 'classifierVersion',
	'version', 'file', 'name', 'usage', 'credits', 'totalCredits', 'reviewed', 'edited', 'initialOutput', 'reviewedOutput', 'dashboardUrl', 'createdAt', 'updatedAt', 'data',
	'nextPageToken', 'error', 'code', 'message', 'retryable', 'requestId', '__proto__', 'constructor', 'toString', '',
];
const STATUSES = ['PENDING', 'PROCESSING', 'CANCELLING', 'PROCESSED', 'FAILED', 'CANCELLED', 'ARCHIVED', 'failed'];

/** The members of an object as JSON, so that keys such as `__proto__` are there as they would be in an answer. */
function objectOf(entries: Array<readonly [string, string]>): string {
	return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

/** A text of any kind, also a very long one. */
export const oddText = fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ unit: 'binary' }), fc.constantFrom(...STATUSES));
const key = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...KEYS) }, { weight: 1, arbitrary: fc.string() });
const leaf = fc.oneof(
	oddText.map((text) => JSON.stringify(text)),
	fc.constantFrom('null', 'true', 'false', '0', '-1', '1e308', '-1e-320', '12345678901234567890', '""', '[]', '{}'),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);

const { value } = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
	value: fc.oneof({ maxDepth: 4, depthIdentifier: 'json' }, leaf, tie('list'), tie('object')),
	list: fc.array(tie('value'), { maxLength: 4, depthIdentifier: 'json' }).map((values) => `[${values.join(',')}]`),
	object: fc.array(fc.tuple(key, tie('value')), { maxLength: 6, depthIdentifier: 'json' }).map(objectOf),
}));

const DEPTH = 3_000;
const deep = fc.constantFrom('['.repeat(DEPTH) + ']'.repeat(DEPTH), `${'{"error":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`);

/** JSON of any shape. */
export const anyJson = fc.oneof({ weight: 20, arbitrary: value }, { weight: 1, arbitrary: deep });

/** A run in which any field is as usual, missing, or anything. ID and status come as given. */
export function anyRun(id: fc.Arbitrary<string>, status: fc.Arbitrary<string>): fc.Arbitrary<string> {
	const fields = KEYS.filter((name) => name !== 'id' && name !== 'status');
	const rest = fc.array(fc.tuple(fc.constantFrom(...fields), value), { maxLength: 12 });
	return fc.tuple(id, status, rest).map(([idText, statusText, entries]) => objectOf([...entries, ['id', idText], ['status', statusText]]));
}

/** Any JSON text for one of the known statuses or an unknown one. */
export const anyStatus = fc.constantFrom(...STATUSES).map((status) => JSON.stringify(status));

/** The body of an answer: JSON of any shape, cut off somewhere, or no JSON at all. */
export const anyBody = fc.oneof(
	{ weight: 6, arbitrary: anyJson },
	{ weight: 3, arbitrary: anyRun(value, value) },
	{ weight: 2, arbitrary: anyRun(value, anyStatus).chain((text) => fc.nat(text.length).map((length) => text.slice(0, length))) },
	{ weight: 2, arbitrary: oddText },
	{ weight: 2, arbitrary: fc.tuple(fc.array(value, { maxLength: 5 }), fc.constantFrom('null', '""', '"a"', '"b"')).map(([entries, token]) => `{"data":[${entries.join(',')}],"nextPageToken":${token}}`) },
);
