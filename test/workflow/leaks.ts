/**
 * Every text in a value, also those that printing hides: causes and stacks of errors, names of keys, properties that
 * are not enumerable, entries of maps, bytes.
 */
export function* textsIn(value: unknown, seen: Set<object> = new Set()): Generator<string> {
	if (typeof value === 'string') yield value;
	if (typeof value !== 'object' || value === null || seen.has(value)) return;
	seen.add(value);
	if (ArrayBuffer.isView(value)) {
		yield Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
		return;
	}
	if (value instanceof Map || value instanceof Set) yield* textsIn([...value], seen);
	for (const key of Reflect.ownKeys(value)) {
		yield String(key);
		yield* textsIn(Reflect.get(value, key), seen);
	}
}

/** Where a secret stands in any of the values, as it is or in a form from which it can be read back. */
export function findSecret(secret: string, ...values: unknown[]): string[] {
	const found = new Set<string>();
	const wanted = secret.toLowerCase();
	for (const text of textsIn(values)) {
		const form = readings(text).find((reading) => reading.toLowerCase().includes(wanted));
		if (form !== undefined) found.add(text.slice(0, 300));
	}
	return [...found];
}

/** A text as it stands there, and with every escape taken back. */
function readings(text: string): string[] {
	const marked = /[\\%&]/.test(text);
	const unescaped = marked ? [text, withoutBackslashes(text), withoutPercents(text), withoutEntities(text)] : [text];
	const decoded = (text.match(/[A-Za-z0-9+/_-]{8,}/g) ?? []).flatMap((run) =>
		[0, 1, 2, 3].map((offset) => Buffer.from(run.slice(offset), 'base64').toString('latin1')),
	);
	return [...unescaped, ...decoded];
}

function withoutBackslashes(text: string): string {
	return text.replace(/\\+u00([0-9a-f]{2})/gi, (_, hex: string) => characterOf(hex, 16)).replace(/\\/g, '');
}

function withoutPercents(text: string): string {
	return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => characterOf(hex, 16));
}

function withoutEntities(text: string): string {
	return text.replace(/&#x0*([0-9a-f]+);/gi, (_, hex: string) => characterOf(hex, 16)).replace(/&#0*(\d+);/g, (_, code: string) => characterOf(code, 10));
}

function characterOf(digits: string, base: number): string {
	return String.fromCharCode(parseInt(digits, base));
}
