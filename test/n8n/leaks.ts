import type { TestN8n } from './testN8n';

/** A key that looks different in every encoding that is searched for. */
export const SECRET_KEY = 'sk_test_n8n/to+be?seen=nowhere&~';

/** Bits of base64's letters and of the bytes they stand for. */
const LETTER_BITS = 6;
const BYTE_BITS = 8;

/** How a key may look inside a text: as it is, or encoded, also as a part of something longer in base64. */
export function disguisesOf(key: string): string[] {
	const url = encodeURIComponent(key);
	const base64 = [0, 1, 2].map((before) => base64Within(key, before));
	const base64Url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
	return [...new Set([key, url, url.toLowerCase(), Buffer.from(key).toString('hex'), ...base64, ...base64Url])];
}

/** The letters that a key surely has in base64 when so many bytes stand before it, modulo 3. */
function base64Within(key: string, before: number): string {
	const text = Buffer.from(`${'x'.repeat(before)}${key}`).toString('base64').replace(/=+$/, '');
	const firstLetter = Math.ceil((before * BYTE_BITS) / LETTER_BITS);
	const lastLetter = Math.floor(((before + key.length) * BYTE_BITS) / LETTER_BITS);
	return text.slice(firstLetter, lastLetter);
}

/** What stands around each place where the key shows, with the name of the text; empty when it shows nowhere. */
export function findKey(texts: Record<string, string>, key: string): string[] {
	return Object.entries(texts).flatMap(([name, text]) =>
		disguisesOf(key).flatMap((disguise) => {
			const at = text.indexOf(disguise);
			return at === -1 ? [] : [`${name}: ${text.slice(Math.max(0, at - 60), at)}<KEY>`];
		}),
	);
}

/** Where the key shows in what n8n has logged and stored: the logs of all processes, executions, workflows. */
export async function findKeyInN8n(n8n: TestN8n, key: string): Promise<string[]> {
	const texts: Record<string, string> = { workflows: JSON.stringify(await n8n.client.request('GET', '/workflows?includeScopes=false')) };
	for (const each of n8n.processes) texts[`log of ${each.name}`] = each.readLog();
	for (const { id } of await n8n.client.listExecutions()) {
		texts[`execution ${id}`] = JSON.stringify(await n8n.client.request('GET', `/executions/${id}`));
	}
	return findKey(texts, key);
}
