import { Extend } from 'extend-ai';
import { configOf } from './index';
import { openStage, START_MS, useStage, type Stage } from './testing/stage';

const at = (ms: number) => new Date(START_MS + ms).toISOString();

function start({ client }: Stage, metadata?: Record<string, unknown>): Promise<Extend.ClassifyRun> {
	return client.classifyRuns.create({ config: configOf('invoice'), file: { text: 'Invoice' }, metadata });
}

describe('lifecycle', () => {
	const stage = useStage({ pendingMs: 50, runMs: 300 });
	const read = (id: string) => stage().client.classifyRuns.retrieve(id);

	it.each([
		[0, 'PENDING', 0],
		[49, 'PENDING', 0],
		[50, 'PROCESSING', 50],
		[299, 'PROCESSING', 50],
		[300, 'PROCESSED', 300],
		[9_000, 'PROCESSED', 300],
	])('after %i ms a run is %s, since %i ms', async (ms, status, sinceMs) => {
		const { id } = await start(stage());
		stage().advance(ms);
		expect(await read(id)).toMatchObject({ status, createdAt: at(0), updatedAt: at(sinceMs) });
	});

	it('shows the parse run from the start of processing on', async () => {
		const { id } = await start(stage());
		expect((await read(id)).parseRunId).toBeNull();
		stage().advance(50);
		expect((await read(id)).parseRunId).toMatch(/^pr_/);
	});

	it('is over at runMs even when pendingMs is longer', async () => {
		stage().emulator.options.runMs = 10;
		const { id } = await start(stage());
		stage().advance(10);
		expect((await read(id)).status).toBe('PROCESSED');
	});

	it('takes the time that a function of the input says', async () => {
		stage().emulator.options.runMs = ({ text }) => (text === 'Invoice' ? 1_000 : 100);
		const { id } = await start(stage());
		stage().advance(999);
		expect((await read(id)).status).toBe('PROCESSING');
		stage().advance(1);
		expect((await read(id)).status).toBe('PROCESSED');
	});

	it('shows what a test writes over a run', async () => {
		const { id } = await start(stage());
		stage().advance(300);
		const stored = stage().emulator.store.runs.get(id);
		Object.assign(stored ?? {}, { overrides: { reviewed: true, edited: true }, overriddenAtMs: START_MS + 500 });
		expect(await read(id)).toMatchObject({ status: 'PROCESSED', reviewed: true, edited: true, updatedAt: at(500) });
	});
});

describe('cancel', () => {
	const stage = useStage({ pendingMs: 50, runMs: 300 });
	const read = (id: string) => stage().client.classifyRuns.retrieve(id);
	const cancel = (id: string) => stage().client.classifyRuns.cancel(id);

	it('ends a run in progress at once by default', async () => {
		const { id } = await start(stage());
		stage().advance(60);
		expect(await cancel(id)).toMatchObject({ id, status: 'CANCELLED', output: null, usage: null });
		stage().advance(1_000);
		expect(await read(id)).toMatchObject({ status: 'CANCELLED', output: null, updatedAt: at(60) });
	});

	it('goes by CANCELLING when the options give that a time', async () => {
		stage().emulator.options.cancellingMs = 40;
		const { id } = await start(stage());
		stage().advance(60);
		expect((await cancel(id)).status).toBe('CANCELLING');
		stage().advance(39);
		expect((await read(id)).status).toBe('CANCELLING');
		stage().advance(1);
		expect((await read(id)).status).toBe('CANCELLED');
	});

	it('refuses a pending run unless the options allow it', async () => {
		const { id } = await start(stage());
		await expect(cancel(id)).rejects.toBeInstanceOf(Extend.BadRequestError);
		stage().emulator.options.cancelPending = true;
		expect((await cancel(id)).status).toBe('CANCELLED');
		stage().advance(1_000);
		expect((await read(id)).status).toBe('CANCELLED');
	});

	it.each(['PROCESSED', 'FAILED'])('refuses a run that is %s', async (status) => {
		const { id } = await start(stage(), { emulator: { status } });
		stage().advance(300);
		await expect(cancel(id)).rejects.toMatchObject({ statusCode: 400, body: { code: 'INVALID_REQUEST' } });
		expect((await read(id)).status).toBe(status);
	});

	it('refuses a run that is cancelled already', async () => {
		const { id } = await start(stage());
		stage().advance(60);
		await cancel(id);
		await expect(cancel(id)).rejects.toMatchObject({ statusCode: 400 });
	});

	it.each([undefined, '', {}])('takes the body %j, as official clients send it', async (json) => {
		const { id } = await start(stage());
		stage().advance(60);
		const headers = { 'content-type': 'application/json' };
		expect((await stage().call('POST', `/classify_runs/${id}/cancel`, { json, headers })).status).toBe(200);
	});
});

describe('IDs', () => {
	it.each([
		[7, 7, true],
		[7, 8, false],
	])('of the seeds %i and %i are the same: %s', async (left, right, isSame) => {
		const stages = await Promise.all([openStage({ seed: left }), openStage({ seed: right })]);
		const [one, other] = await Promise.all(stages.map(async (stage) => (await start(stage)).id));
		expect(one === other).toBe(isSame);
		await Promise.all(stages.map(({ emulator }) => emulator.close()));
	});
});
