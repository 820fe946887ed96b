/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Fault } from './index';
import { openStage, useStage } from './testing/stage';

const RUN = {
	classifier: { id: 'cl_inbound_mail' },
	file: { text: 'Invoice' },
};

describe('faults on demand', () => {
	const stage = useStage();
	const create = () => stage().call('POST', '/classify_runs', { json: RUN });
	const inject = (fault: Fault) => {
		stage().emulator.options.onRequest = () => fault;
	};
	const runCount = () => stage().emulator.store.runs.size;

	it('see the request they decide about, and can leave it alone', async () => {
		stage().emulator.options.onRequest = ({ method, path, body }) => {
			expect([method, path, body]).toEqual(['POST', '/classify_runs', RUN]);
			return undefined;
		};
		expect((await create()).status).toBe(200);
	});

	it('answer a status with headers and body of their own, and do nothing', async () => {
		inject({ kind: 'status', status: 429, headers: { 'retry-after': '7' }, body: { error: 'Too many requests' } });
		const { status, headers, body } = await create();
		expect([status, headers.get('retry-after'), body]).toEqual([429, '7', { error: 'Too many requests' }]);
		expect(runCount()).toBe(0);
		expect(stage().emulator.requests[0]?.status).toBe(429);
	});

	it('answer the page of a proxy', async () => {
		inject({ kind: 'html', status: 502 });
		const { status, headers, body } = await create();
		expect([status, headers.get('content-type'), runCount()]).toEqual([502, 'text/html', 0]);
		expect(body).toMatch(/^<html>/);
	});

	it.each([
		['resetBefore', 0],
		['resetAfter', 1],
	] as const)('cut the connection (%s) with %i runs made', async (kind, made) => {
		inject({ kind });
		await expect(create()).rejects.toMatchObject({ cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) } });
		expect(runCount()).toBe(made);
		expect(stage().emulator.requests).toMatchObject([{ status: 0 }]);
	});

	it('cut the JSON of an answer', async () => {
		inject({ kind: 'truncate' });
		await expect(create()).rejects.toBeInstanceOf(SyntaxError);
		expect(runCount()).toBe(1);
	});

	it('hold an answer back', async () => {
		inject({ kind: 'delay', ms: 60 });
		const startMs = performance.now();
		expect((await create()).status).toBe(200);
		expect(performance.now() - startMs).toBeGreaterThanOrEqual(55);
	});

	it('never answer, until the emulator closes', async () => {
		const { emulator, call } = await openStage({ onRequest: () => ({ kind: 'hang' }) });
		const outcome = call('GET', '/classifiers').then(
			() => 'answered',
			() => 'cut',
		);
		const early = await Promise.race([outcome, stage().call('GET', '/files').then(() => 'waiting')]);
		expect(early).toBe('waiting');
		await emulator.close();
		expect(await outcome).toBe('cut');
	});
});

describe('close', () => {
	it('does not wait for an answer that is held back', async () => {
		const { emulator, call } = await openStage({ onRequest: () => ({ kind: 'delay', ms: 60_000 }) });
		const outcome = call('GET', '/classifiers').then(
			() => 'answered',
			() => 'cut',
		);
		while (emulator.requests.length === 0) await nextTurn();
		await emulator.close();
		expect(await outcome).toBe('cut');
	});
});

/** Lets the server get on with what has arrived. */
async function nextTurn(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}
