/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits for what follows a stop */
import type { IDataObject } from 'n8n-workflow';
import type { Fault, RequestRecord } from '../emulator';
import { logCalls } from './logs';
import { byText, INVOICE, openStage, type Stage } from './setup';

let stage: Stage;
let before = 0;
beforeEach(() => {
	before = logCalls().length;
});
afterEach(async () => {
	await stage.extend.close();
});

const STOP_MS = 700;
/** The node's own bound for all cancelling. */
const BOUND_MS = 10_000;
/** For a busy machine. */
const LIMIT_MS = 20_000;
const waiting = { ...byText, text: INVOICE, waitOptions: { cancelOnStop: true } };
const isCancel = ({ path }: RequestRecord) => path.endsWith('/cancel');
const cancels = () => stage.extend.requests.filter(isCancel);
/** What it does first when the workflow is stopped. */
const stoppedMs = () => cancels()[0]?.atMs ?? 0;
const warnings = () => logCalls().slice(before).filter(({ level }) => level === 'warn').map(({ args }) => String(args[0]));
const items = (count: number): Array<{ json: IDataObject }> => Array.from({ length: count }, (_, mail) => ({ json: { mail } }));

async function until(isSo: () => boolean): Promise<void> {
	const endMs = Date.now() + LIMIT_MS;
	while (!isSo() && Date.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 50));
	expect(isSo()).toBe(true);
}

describe('Cancel Runs When Stopped', () => {
	it('tries a run that has not begun again until it has', async () => {
		stage = await openStage({ pendingMs: 3_000, runMs: 600_000 });
		await stage.run({ parameters: waiting, stopAfterMs: STOP_MS });
		await until(() => cancels().some(({ status }) => status === 200));
		expect(cancels().filter(({ status }) => status === 400).length).toBeGreaterThan(0);
		await until(() => stage.requests('GET', /^\/classify_runs\/clr_/).at(-1)?.status === 200);
		expect(warnings()).toEqual([]);
	});

	it('names in the log the runs that it could not cancel, and sends nothing after ten seconds', async () => {
		stage = await openStage({ pendingMs: 600_000, runMs: 600_000 });
		await stage.run({ parameters: waiting, items: items(3), stopAfterMs: STOP_MS });
		await until(() => warnings().length === 3);
		for (const id of stage.extend.store.runs.keys()) expect(warnings().join('\n')).toContain(`Extend run ${id} could not be cancelled: `);
		expect((stage.extend.requests.at(-1)?.atMs ?? 0) - stoppedMs()).toBeLessThan(BOUND_MS);
		const count = stage.extend.requests.length;
		await new Promise((resolve) => setTimeout(resolve, 2_500));
		expect(stage.extend.requests).toHaveLength(count);
	}, 60_000);

	it.each<[string, Fault]>([
		['does not answer', { kind: 'hang' }],
		['is down', { kind: 'html', status: 503 }],
	])('gives up after ten seconds when Extend %s, and names the runs in the log', async (_, fault) => {
		stage = await openStage({ pendingMs: 0, runMs: 600_000, onRequest: (request) => (isCancel(request) ? fault : undefined) });
		await stage.run({ parameters: waiting, items: items(2), stopAfterMs: STOP_MS });
		await until(() => warnings().length === 2);
		expect(Date.now() - stoppedMs()).toBeLessThan(BOUND_MS + 3_000);
		for (const id of stage.extend.store.runs.keys()) expect(warnings().join('\n')).toContain(`Extend run ${id} could not be cancelled: there was no time left`);
	}, 60_000);
});

describe('Stop', () => {
	it('leaves the IDs of all open runs in the log', async () => {
		stage = await openStage({ pendingMs: 0, runMs: 600_000 });
		await stage.run({ parameters: { ...byText, text: INVOICE }, items: items(3), stopAfterMs: STOP_MS });
		const logged = () => logCalls().slice(before).map(({ args }) => String(args[0]));
		await until(() => [...stage.extend.store.runs.keys()].every((id) => logged().includes(`The workflow was stopped. Extend run ${id} continues at Extend`)));
		expect(stage.extend.store.runs.size).toBe(3);
	});
});
