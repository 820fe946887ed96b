import type { IDataObject } from 'n8n-workflow';
import type { Fault, RequestRecord } from '../../emulator';
import { byText, INVOICE, openStage, runElsewhere, type Stage } from '../setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const DAY_MS = 24 * 60 * 60 * 1_000;
const keyed: IDataObject = { ...byText, text: INVOICE, options: { idempotencyKey: 'mail-4711' } };
const isList = ({ method, path }: RequestRecord): boolean => method === 'GET' && path === '/classify_runs';

/** The list of runs as an Extend sends it whose clock is this much behind n8n's. */
function listBehind(ms: number): Fault {
	const data = [...stage.extend.store.runs.values()].map(({ id, metadata, createdAtMs }) => {
		const at = new Date(createdAtMs - ms).toISOString();
		return { object: 'classify_run', id, status: 'PROCESSED', metadata, createdAt: at, updatedAt: at };
	});
	return { kind: 'status', status: 200, headers: { date: new Date(Date.now() - ms).toUTCString() }, body: { object: 'list', data } };
}

describe('the look for an Idempotency Key', () => {
	it('finds the run when n8n\'s clock is two days ahead of Extend\'s', async () => {
		stage = await openStage();
		const first = await stage.run({ parameters: keyed, executionId: '1' });
		stage.extend.options.onRequest = (request) => (isList(request) ? listBehind(2 * DAY_MS) : undefined);
		const second = await runElsewhere(stage, { parameters: keyed, executionId: '2' });
		expect(second.json.map(({ id }) => id)).toEqual(first.json.map(({ id }) => id));
		expect(stage.extend.store.runs.size).toBe(1);
	}, 90_000);

	it('does not find one that is two days old by both clocks', async () => {
		stage = await openStage();
		await stage.run({ parameters: keyed, executionId: '1' });
		for (const run of stage.extend.store.runs.values()) run.createdAtMs -= 2 * DAY_MS;
		await runElsewhere(stage, { parameters: keyed, executionId: '2' });
		expect(stage.extend.store.runs.size).toBe(2);
	}, 90_000);

	it('finds the run whichever of its IDs names the classifier', async () => {
		stage = await openStage();
		const { classifiers } = stage.extend.store;
		const classifier = classifiers.get('cl_inbound_mail');
		if (classifier === undefined) throw new Error('The stand-in has no classifier');
		classifiers.set('dp_inbound_mail', classifier);
		const saved = { ...keyed, classifyWith: 'classifier', classifier: { mode: 'id', value: 'dp_inbound_mail' } };
		const first = await stage.run({ parameters: saved, executionId: '1' });
		expect(first.json[0]).toMatchObject({ status: 'PROCESSED', classifierId: 'cl_inbound_mail' });
		await runElsewhere(stage, { parameters: saved, executionId: '2' });
		expect(stage.extend.store.runs.size).toBe(1);
	}, 90_000);
});
