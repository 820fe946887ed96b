import type { IDataObject } from 'n8n-workflow';
import type { Fault } from '../emulator';
import { findSecret } from './leaks';
import { logCalls } from './logs';
import { byCategories, byText, INVOICE, itemWith, openStage, type Stage } from './setup';

/** A key with every character that is written differently somewhere. */
const KEY = 'sk_test_aB3/x+Z"1&2=';

/** A refusal that is not Extend's own is tried again for some fifteen seconds. */
const A_PAGE_IS_TRIED_MS = 90_000;

const FORMS: Array<[name: string, write: (key: string) => string]> = [
	['as it is', (key) => key],
	['for a URL', encodeURIComponent],
	['as JSON', (key) => JSON.stringify(key).slice(1, -1)],
	['as JSON with every character escaped', (key) => [...key].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')],
	['for HTML', (key) => key.replaceAll('&', '&#38;').replaceAll('"', '&#x22;')],
	['as base64', (key) => Buffer.from(key).toString('base64')],
	['as base64 of the whole header', (key) => Buffer.from(`Bearer ${key}`).toString('base64')],
];

describe('findSecret', () => {
	it.each(FORMS)('finds a secret that stands there %s', (_, write) => {
		expect(findSecret(KEY, { text: `before ${write(KEY)} behind` })).toHaveLength(1);
	});

	it.each<[string, unknown]>([
		['in the cause of an error', new Error('a', { cause: new Error(KEY) })],
		['in a property that is not enumerable', Object.defineProperty({}, 'hidden', { value: [KEY] })],
		['in the name of a key', { a: { [KEY]: 1 } }],
		['in a map', new Map([['a', new Set([KEY])]])],
		['in bytes', { body: Buffer.from(`x${KEY}`) }],
	])('finds a secret %s', (_, value) => {
		expect(findSecret(KEY, value).length).toBeGreaterThan(0);
	});

	it('finds nothing where there is none, also in values that hold themselves', () => {
		const value: Record<string, unknown> = { text: 'sk_test_another', error: new Error('x') };
		value.self = value;
		expect(findSecret(KEY, value)).toEqual([]);
	});
});

describe('a server that repeats the key', () => {
	let stage: Stage;
	beforeEach(async () => {
		stage = await openStage({ apiKeys: [KEY] });
	});
	afterEach(async () => {
		await stage.extend.close();
	});

	/** Runs an operation while a fault is on; the stage itself searches whatever comes out for the key. */
	async function runWith(fault: Fault, parameters: IDataObject, settings: object = {}) {
		stage.extend.options.onRequest = () => fault;
		return await stage.run({ parameters, settings });
	}
	const get = { operation: 'get', runId: 'clr_1' };

	describe.each(FORMS)('%s', (_, write) => {
		const said = `No entry for ${write(KEY)}.`;

		it.each<[string, Fault, says?: string]>([
			['in a text', { kind: 'status', status: 400, body: said }],
			['in a page', { kind: 'status', status: 400, headers: { 'content-type': 'text/html' }, body: `<p>${said}</p>` }, 'A proxy, firewall or gateway answered'],
			['in every field of its message', { kind: 'status', status: 422, body: `{"code":"${write(KEY)}","message":"${said}","requestId":"${write(KEY)}"}` }],
			['in a header', { kind: 'status', status: 403, headers: { 'x-extend-request-id': write(KEY).replace(/[^\x20-\x7e]/g, '') }, body: {} }],
			['in the place it sends to', { kind: 'status', status: 302, headers: { location: `http://127.0.0.1:1/${encodeURIComponent(write(KEY))}` }, body: said }],
		])('does not bring it into messages: %s', async (_name, fault, says = 'Extend answered') => {
			const stopped = await runWith(fault, get);
			expect(stopped.error?.message).toContain(says);
			const failed = await runWith(fault, get, { onError: 'continueErrorOutput' });
			expect(failed.outputs[1]).toEqual([expect.objectContaining({ json: expect.objectContaining({ error: expect.stringContaining(says) }) })]);
		});

		it.each([true, false])('does not bring it into a run, simplified: %s', async (simplify) => {
			const text = write(KEY);
			const body = `{"id":"clr_1","status":"FAILED","failureMessage":"${text}","metadata":{"${text}":"${text}"},"file":{"name":"${text}"}}`;
			const { json } = await runWith({ kind: 'status', status: 200, body }, { ...get, simplify });
			expect(json).toEqual([expect.objectContaining({ id: 'clr_1', failureMessage: expect.stringContaining('***') })]);
		});
	});

	it('does not bring it into hints and the log', async () => {
		const before = logCalls().length;
		stage.extend.options.onRequest = ({ method }) => (method === 'DELETE' ? { kind: 'status', status: 403, body: `No ${KEY}` } : undefined);
		const { hints } = await stage.run({ parameters: { ...byCategories, fileOptions: { deleteFileAfter: true } }, items: [await itemWith(INVOICE)] });
		expect(hints.join()).toMatch(/is still at Extend: .*No \*\*\*/);
		const logged = logCalls().slice(before).filter(({ level }) => level === 'warn');
		expect(logged.map(({ args }) => String(args[0])).join()).toMatch(/is still at Extend: .*No \*\*\*/);
	}, A_PAGE_IS_TRIED_MS);

	it('does not bring it into the message of a wait that met nothing else', async () => {
		stage.extend.options.runMs = 60_000;
		stage.extend.options.onRequest = ({ method }) => (method === 'GET' ? { kind: 'status', status: 503, body: `No ${KEY}` } : undefined);
		const { error } = await stage.run({ parameters: { ...byText, text: INVOICE, waitOptions: { timeout: 1.5 } } });
		expect(error?.message).toMatch(/When the node last asked for it, this happened: .*No \*\*\*/);
	});
});
