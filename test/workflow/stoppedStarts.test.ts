/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits for what follows a stop */
import type { IDataObject } from 'n8n-workflow';
import type { Fault, RequestRecord } from '../emulator';
import { logCalls } from './logs';
import { hurryPace } from './pace';
import { inBatch, numberedTexts, openStage, SAVED, type Stage } from './setup';

let stage: Stage;
let before = 0;
beforeAll(() => hurryPace());
afterEach(async () => {
	await stage.extend.close();
});

const COUNT = 3;
/** Longer than the answer to a start is waited for after Stop. */
const ANSWER_MS = 2_000;
/** Far more than it takes, for a busy machine. */
const LIMIT_MS = 20_000;

const single = { classifier: SAVED, classifierVersion: '2.0', fileSource: 'text', text: '={{ $json.text }}' };
const KINDS: Array<[name: string, parameters: IDataObject]> = [
	['batch', inBatch],
	['single run', single],
];
const isStart = ({ method, path }: RequestRecord) => method === 'POST' && path.startsWith('/classify_runs') && !path.endsWith('/cancel');
/** Those of the node; an n8n may have some of its own. */
const warnings = () => logCalls().slice(before).filter(({ level, args }) => level === 'warn' && /Extend/.test(String(args[0]))).map(({ args }) => String(args[0]));
const logged = () => logCalls().slice(before).map(({ args }) => String(args[0]));
const tokens = () => [...stage.extend.store.runs.values()].map(({ metadata }) => String(metadata?.['n8n:start']));
const cancels = () => stage.extend.requests.filter(({ path, status }) => path.endsWith('/cancel') && status === 200).length;

async function until(isSo: () => boolean): Promise<void> {
	const endMs = Date.now() + LIMIT_MS;
	while (!isSo() && Date.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 50));
	expect(isSo()).toBe(true);
}

/** Runs the node before a stand-in that carries out what it is sent and answers late or not at all; Stop comes meanwhile. */
async function stopDuringStart(parameters: IDataObject, fault: Fault = { kind: 'delay', ms: ANSWER_MS }): Promise<void> {
	stage = await openStage({ runMs: 600_000, pendingMs: 0, onRequest: (request) => (isStart(request) ? fault : undefined) });
	before = logCalls().length;
	const expected = parameters.resource === 'batchRun' ? 1 : COUNT;
	await stage.run({ parameters, items: numberedTexts(COUNT), stopWhen: () => stage.extend.requests.filter(isStart).length === expected });
}

describe.each(KINDS)('Stop while the answer to a %s is waited for', (_, parameters) => {
	it('names in the log what may have been started, and how to find it', async () => {
		await stopDuringStart(parameters);
		await until(() => stage.extend.store.runs.size === COUNT && warnings().length === 1);
		const text = warnings().join('\n');
		expect(text).toMatch(/The workflow was stopped while Extend was asked to start runs .*, and it may have started them\. Check the runs/);
		expect(text).toContain('n8n:start');
		for (const token of tokens()) expect(text).toContain(token);
		expect(cancels()).toBe(0);
	});

	it('looks for the runs and cancels them at Extend when the node is told to', async () => {
		await stopDuringStart({ ...parameters, waitOptions: { cancelOnStop: true } });
		await until(() => cancels() === COUNT);
		expect(warnings()).toEqual([]);
		await until(() => [...stage.extend.store.runs.keys()].every((id) => logged().some((line) => line.includes(id))));
	});

	it('names in the log what it could not find in time, when the node is told to cancel', async () => {
		await stopDuringStart({ ...parameters, waitOptions: { cancelOnStop: true } }, { kind: 'hang' });
		await until(() => warnings().length > 0);
		expect(warnings().join()).toMatch(/n8n:start = run:[0-9a-f]{32}/);
	});
});

describe.each(KINDS)('Stop after a %s was started without waiting for it', (name, parameters) => {
	it('leaves what exists in the log, since nobody sees the items', async () => {
		stage = await openStage({ onRequest: (request) => (isStart(request) && stage.extend.store.runs.size > 0 ? { kind: 'delay', ms: ANSWER_MS } : undefined) });
		before = logCalls().length;
		const options = { priority: '={{ $itemIndex === 0 ? 1 : 2 }}' };
		await stage.run({ parameters: { ...parameters, operation: 'start', options }, items: numberedTexts(2), stopWhen: () => stage.extend.requests.filter(isStart).length === 2 });
		const [first] = name === 'batch' ? [...stage.extend.store.batches.keys()] : [...stage.extend.store.runs.keys()];
		await until(() => logged().some((line) => line.includes('The workflow was stopped') && line.includes(String(first))));
		await until(() => stage.extend.store.runs.size === 2);
		expect(warnings().join()).toContain(tokens()[1]);
	});
});
