/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits until the stand-in listens again */
import { everyFault, FAULT_KINDS, type FaultKind, type FaultRule } from './index';
import { openStage, START_MS, useStage } from './testing/stage';

const RUN = { classifier: { id: 'cl_inbound_mail' }, file: { text: 'Invoice' } };

/** What a client sees: a status, or the system's code for a connection that did not hold. */
async function seen(call: Promise<{ status: number }>): Promise<number | string> {
	return await call.then(
		({ status }) => status,
		(caught: { cause?: { code?: string } }) => caught.cause?.code ?? String(caught),
	);
}

describe('faults by rule', () => {
	const stage = useStage();
	const setRules = (...rules: FaultRule[]) => {
		stage().emulator.options.faultRules = rules;
	};
	const create = async () => await seen(stage().call('POST', '/classify_runs', { json: RUN }));
	const list = async (path = '/classifiers') => await seen(stage().call('GET', path));
	const runCount = () => stage().emulator.store.runs.size;

	it('strike by method and path, so many times', async () => {
		setRules({ method: 'GET', path: /^\/class/, kinds: ['html502'], times: 2 });
		expect(await create()).toBe(200);
		expect([await list(), await list('/files'), await list(), await list()]).toEqual([502, 200, 502, 200]);
		expect(stage().emulator.requests.map(({ fault }) => fault)).toEqual([undefined, 'html502', undefined, 'html502', undefined]);
	});

	it('are looked for in the order of the rules', async () => {
		setRules({ kinds: ['html500'], times: 1 }, { kinds: ['html503'], times: 1 });
		expect([await list(), await list(), await list()]).toEqual([500, 503, 200]);
	});

	it.each<[FaultKind, string | RegExp, number]>([
		['drop', /ECONNRESET|UND_ERR_SOCKET|EPIPE/, 0],
		['refuse', /ECONNRESET|UND_ERR_SOCKET|EPIPE/, 0],
		['resetBefore', /ECONNRESET|UND_ERR_SOCKET/, 0],
		['resetAfter', /ECONNRESET|UND_ERR_SOCKET/, 1],
		['delay', '200', 1],
		['tooMany', '429', 0],
		['tooManySeconds', '429', 0],
		['tooManyDate', '429', 0],
		['html500', '500', 0],
		['html502', '502', 0],
		['html503', '503', 0],
		['html504', '504', 1],
		['html200', '200', 0],
		['truncate', /SyntaxError/, 1],
		['contentType', '200', 1],
	])('of the kind %s give a start %s and leave %i runs', async (kind, answer, made) => {
		setRules({ kinds: [kind] });
		expect(String(await create())).toMatch(answer);
		expect(runCount()).toBe(made);
	});

	it('hold a request for ever when their kind is hang', async () => {
		setRules({ kinds: ['hang'] });
		const { emulator } = stage();
		const outcome = list();
		while (emulator.requests.length === 0) await nextTurn();
		expect(await Promise.race([outcome, stage().call('GET', '/nowhere').catch(() => 'cut'), after(200)])).toBe('still waiting');
	});

	it.each<[FaultKind, RegExp | null]>([
		['tooMany', null],
		['tooManySeconds', /^1$/],
		['tooManyDate', /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/],
	])('of the kind %s name the pause as %s', async (kind, form) => {
		setRules({ kinds: [kind] });
		const { headers } = await stage().call('GET', '/classifiers');
		const retryAfter = headers.get('retry-after');
		if (form === null) expect(retryAfter).toBeNull();
		else expect(retryAfter).toMatch(form);
		if (kind === 'tooManyDate') expect(Date.parse(retryAfter ?? '') - START_MS).toBeGreaterThanOrEqual(1_000);
	});

	it('answer the right JSON under a wrong content type', async () => {
		setRules({ kinds: ['contentType'] });
		const { headers, body } = await stage().call('GET', '/classifiers?maxPageSize=1');
		expect(headers.get('content-type')).toMatch(/^text\/html/);
		expect(JSON.parse(String(body))).toMatchObject({ object: 'list' });
	});
});

describe('the same seed', () => {
	/** The faults that 200 reads and 200 starts meet, each in its order; the two are mixed by `starts`. */
	async function meet(seed: number, share: number, startsFirst: boolean): Promise<Array<Array<FaultKind | undefined>>> {
		const { emulator, call } = await openStage({ seed, faultRules: [{ kinds: ['html500', 'html502', 'html503'], rate: share }] });
		const read = async () => void (await call('GET', '/classifiers'));
		const start = async () => void (await call('POST', '/classify_runs', { json: RUN }));
		for (let turn = 0; turn < 200; turn++) {
			for (const act of startsFirst ? [start, read] : [read, start]) await act();
		}
		await emulator.close();
		return ['GET', 'POST'].map((method) => emulator.requests.filter((request) => request.method === method).map(({ fault }) => fault));
	}

	it('gives each request the same fault, whatever comes between, and another seed gives others', async () => {
		const [first, again, other] = [await meet(7, 0.2, true), await meet(7, 0.2, false), await meet(8, 0.2, true)];
		expect(again).toEqual(first);
		expect(other).not.toEqual(first);
		const struck = first.flat().filter((fault) => fault !== undefined);
		expect(struck.length / 400).toBeGreaterThan(0.1);
		expect(struck.length / 400).toBeLessThan(0.3);
		expect(new Set(struck)).toEqual(new Set(['html500', 'html502', 'html503']));
	});
});

describe('everyFault', () => {
	it.each([0.2, 1])('has every kind, hangs and refusals rarely, for a share of %d', (share) => {
		const rules = everyFault(share);
		expect(rules.flatMap(({ kinds }) => kinds).sort()).toEqual([...FAULT_KINDS].sort());
		const untouched = rules.reduce((left, { rate = 1 }) => left * (1 - rate), 1);
		expect(untouched).toBeCloseTo(1 - share);
		const [hangs, refusals] = rules;
		expect(hangs?.kinds).toEqual(['hang']);
		expect(hangs?.rate).toBeCloseTo(share / 100);
		expect(refusals?.rate).toBeLessThan(share / 10);
	});
});

describe('refuseFor', () => {
	const stage = useStage();
	const list = async () => await seen(stage().call('GET', '/classifiers'));

	it('lets the system refuse new connections, then listens again under the same address', async () => {
		const { emulator } = stage();
		emulator.refuseFor(150);
		expect([await list(), await list()]).toEqual(['ECONNREFUSED', 'ECONNREFUSED']);
		expect(emulator.requests).toEqual([]);
		await after(250);
		expect(await list()).toBe(200);
	});

	it('does not break a request that is under way', async () => {
		const { emulator } = stage();
		emulator.options.onRequest = () => ({ kind: 'delay', ms: 100 });
		const underWay = list();
		while (emulator.requests.length === 0) await nextTurn();
		emulator.refuseFor(10_000);
		expect([await list(), await underWay]).toEqual(['ECONNREFUSED', 200]);
	});

	it('can be called again and again, and does not keep the stand-in from closing', async () => {
		const { emulator, call } = await openStage();
		for (let turn = 0; turn < 3; turn++) emulator.refuseFor(10_000);
		await emulator.close();
		expect(await seen(call('GET', '/classifiers'))).toBe('ECONNREFUSED');
	});
});

async function after(ms: number): Promise<string> {
	await new Promise((resolve) => setTimeout(resolve, ms));
	return 'still waiting';
}

/** Lets the server get on with what has arrived. */
async function nextTurn(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}
