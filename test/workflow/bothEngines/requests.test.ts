/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- lets answers drip, and asks Node who listens */
import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { HttpRequest, HttpResult, Upload } from '../../../nodes/Extend/api/http';
import { createSend } from '../../../nodes/Extend/n8n/send';
import { runNode } from '../engine';
import { byText, INVOICE, openStage, startBodies, type Stage } from '../setup';
import { startSpoiler, type Spoiler } from '../spoiler';

/** What every request promises, whatever the server does. */

let stage: Stage;
let spoiler: Spoiler;

beforeEach(async () => {
	stage = await openStage();
	spoiler = await startSpoiler(stage.extend.url);
});

afterEach(async () => {
	await spoiler.close();
	await stage.extend.close();
});

/** What becomes of requests that are sent at once through the HTTP helper of the engine. */
async function sendAll(requests: HttpRequest[], signal?: AbortSignal): Promise<HttpResult[]> {
	const { apiKey } = stage.extend;
	let results: HttpResult[] = [];
	await runNode({
		parameters: { ...byText, text: INVOICE },
		credential: { apiKey, region: 'custom', baseUrl: spoiler.url },
		async act() {
			const send = createSend(this, { baseUrl: spoiler.url, apiKey, signal });
			results = await Promise.all(requests.map(send));
			return [[]];
		},
	});
	return results;
}

const poll: HttpRequest = { method: 'GET', path: '/classify_runs/clr_1', timeoutMs: 500 };

/** Writes a piece again and again for as long as somebody listens. */
function drip(response: ServerResponse, piece: string): void {
	const timer = setInterval(() => response.socket?.write(piece), 50);
	response.socket?.on('close', () => clearInterval(timer));
}

describe('a request', () => {
	const START = 'HTTP/1.1 200 OK\r\n';

	it.each([
		['headers', START, 'x: y\r\n'],
		['a body with a length', `${START}content-length: 100000\r\n\r\n`, ' '],
		['a body in chunks', `${START}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
		['a body to the end of the connection', `${START}\r\n`, ' '],
		['nothing but interim answers', '', 'HTTP/1.1 102 Processing\r\n\r\n'],
	])('ends in its time when %s drip', async (_, beginning, piece) => {
		spoiler.spoil = () => (response) => {
			response.socket?.write(beginning);
			drip(response, piece);
		};
		expect(await sendAll([poll])).toEqual([{ kind: 'lost', cause: 'no whole answer came within 0.5 s' }]);
	});

	it('ends with the workflow when its answer drips', async () => {
		spoiler.spoil = () => (response) => {
			response.socket?.write(START);
			drip(response, 'x: y\r\n');
		};
		expect(await sendAll([{ ...poll, timeoutMs: 60_000 }], AbortSignal.timeout(300))).toEqual([{ kind: 'stopped' }]);
	});

	it('sends every key of its body, also those that JavaScript has a use for', async () => {
		const metadata = '{"constructor":"x","prototype":{"constructor":[{"prototype":1}]},"__proto__":{"a":1},"toString":"y"}';
		await stage.run({ parameters: { ...byText, text: INVOICE, operation: 'start', options: { metadata } } });
		expect(JSON.stringify(startBodies(stage))).toContain(metadata.slice(1, -1));
	});

	it('leaves one listener at the signal that stops many, since Node warns of a leak from the eleventh on', async () => {
		const { signal } = new AbortController();
		const counts: number[] = [];
		spoiler.spoil = () => {
			counts.push(getEventListeners(signal, 'abort').length);
			return undefined;
		};
		const uploads = Array.from({ length: 15 }, () => uploadOf([1, 1]).request);
		await sendAll([...Array.from({ length: 15 }, () => ({ ...poll, graceMs: 500 })), ...Array.from({ length: 15 }, () => poll), ...uploads], signal);
		expect(Math.max(...counts)).toBe(1);
		expect(getEventListeners(signal, 'abort')).toEqual([]);
	});
});

/** An upload of one piece of each of these sizes, and how often its file was opened and closed. */
function uploadOf(pieces: Array<number | Error>, sizeBytes = 2): { request: HttpRequest; opened: number; closed: number } {
	const upload: Upload = { fileName: 'a.pdf', mimeType: 'application/pdf', sizeBytes, fields: {}, open };
	const counted = { request: { method: 'POST' as const, path: '/files/upload', timeoutMs: 10_000, upload }, opened: 0, closed: 0 };
	async function* open(): AsyncGenerator<Uint8Array> {
		counted.opened += 1;
		try {
			for (const piece of pieces) {
				if (piece instanceof Error) throw piece;
				yield new Uint8Array(await Promise.resolve(piece));
			}
		} finally {
			counted.closed += 1;
		}
	}
	return counted;
}

describe('an upload', () => {
	it.each<[string, Array<number | Error>, number, RegExp]>([
		['is shorter than it is said to be', [1], 2, /"a\.pdf" in n8n's storage has 1 bytes instead of the 2 bytes/],
		['is longer than it is said to be', [1, 2], 2, /"a\.pdf" in n8n's storage has more bytes instead of the 2 bytes/],
		['has a byte after its last one', [2, 1], 2, /"a\.pdf" in n8n's storage has more bytes/],
		['has nothing', [], 2, /has 0 bytes/],
		['cannot be opened', [new Error('ENOENT: no such file')], 2, /^The file "a\.pdf" could not be read from n8n's storage/],
		['cannot be read on', [1, new Error('EIO')], 2, /^The file "a\.pdf" could not be read from n8n's storage/],
	])('of a file that %s blames the storage of n8n, and is nothing to Extend', async (_, pieces, sizeBytes, message) => {
		const upload = uploadOf(pieces, sizeBytes);
		expect(await sendAll([upload.request])).toEqual([{ kind: 'unsendable', error: expect.objectContaining({ message: expect.stringMatching(message) }) }]);
		expect([upload.closed, stage.extend.store.files.size]).toEqual([upload.opened, 0]);
	});

	it('sends the whole file when it is as long as it is said to be', async () => {
		const upload = uploadOf([1, 1]);
		expect(await sendAll([upload.request])).toEqual([expect.objectContaining({ kind: 'answer', status: 200 })]);
		expect([upload.opened, upload.closed]).toEqual([1, 1]);
	});

	it.each([
		['is refused before it was read', (response: ServerResponse) => response.writeHead(413, { connection: 'close' }).end()],
		['is cut off', ({ socket }: ServerResponse) => socket?.resetAndDestroy()],
	])('closes its file when it %s', async (_, answer) => {
		const upload = uploadOf(Array.from({ length: 200 }, () => 100_000), 20_000_000);
		spoiler.refuse = answer;
		await sendAll([upload.request]);
		await new Promise(setImmediate);
		expect(upload.closed).toBe(upload.opened);
	});

	it('ends and closes its file when nothing moves, or the answer drips', async () => {
		spoiler.spoil = () => (response) => drip(response, 'HTTP/1.1 102 Processing\r\n\r\n');
		const upload = uploadOf([1, 1]);
		expect(await sendAll([{ ...upload.request, timeoutMs: 300 }])).toEqual([expect.objectContaining({ kind: 'lost', cause: 'nothing moved for 0.3 s' })]);
		expect(upload.closed).toBe(upload.opened);
	});
});
