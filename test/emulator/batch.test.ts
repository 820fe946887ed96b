import { Extend } from 'extend-ai';
import { useStage } from './testing/stage';

describe('a batch', () => {
	const stage = useStage({ pendingMs: 50, runMs: 300 });
	const start = (statuses: (string | undefined)[]) =>
		stage().client.classifyRuns.createBatch({
			classifier: { id: 'cl_inbound_mail', version: '1.0' },
			inputs: statuses.map((status, index) => ({
				file: { text: 'Invoice', name: `${index}.txt` },
				metadata: { itemKey: String(index), ...(status && { emulator: { status } }) },
			})),
		});
	const read = (id: string) => stage().client.batchRuns.get(id);

	it('starts as pending and holds no run IDs', async () => {
		const batch = await start([undefined, undefined]);
		expect(batch).toEqual({
			object: 'batch_run',
			id: expect.stringMatching(/^bpr_/),
			status: 'PENDING',
			runCount: 2,
			createdAt: expect.any(String),
		});
		expect(await read(batch.id)).toEqual(batch);
	});

	it('gives its runs, with the metadata of each input, through the list', async () => {
		const { id } = await start([undefined, undefined, undefined]);
		const { data } = await stage().client.classifyRuns.list({ batchId: id });
		expect(data.map(({ metadata }) => metadata?.itemKey).sort()).toEqual(['0', '1', '2']);
		expect(data.map(({ classifierVersion }) => classifierVersion?.version)).toEqual(['1.0', '1.0', '1.0']);
	});

	it.each([
		[0, 'PENDING'],
		[50, 'PROCESSING'],
		[300, 'PROCESSED'],
	])('after %i ms is %s', async (ms, status) => {
		const { id } = await start([undefined, undefined]);
		stage().advance(ms);
		expect((await read(id)).status).toBe(status);
	});

	it.each([
		[['FAILED', undefined], 'PROCESSED'],
		[['FAILED', 'FAILED'], 'FAILED'],
		[['CANCELLED', 'CANCELLED'], 'CANCELLED'],
		[['CANCELLED', 'FAILED'], 'PROCESSED'],
	])('of runs that ended %j is %s', async (statuses, status) => {
		const { id } = await start(statuses);
		stage().advance(300);
		expect((await read(id)).status).toBe(status);
	});

	it('takes a thousand inputs and not one more', async () => {
		const thousand = Array.from({ length: 1_000 }, () => undefined);
		expect((await start(thousand)).runCount).toBe(1_000);
		await expect(start([...thousand, undefined])).rejects.toBeInstanceOf(Extend.BadRequestError);
		await expect(start([])).rejects.toBeInstanceOf(Extend.BadRequestError);
	});

	it.each([
		['file', { file: { id: 'file_unknown' } }, 404],
		['wanted outcome', { file: { text: 'x' }, metadata: { emulator: 'FAILED' } }, 400],
	])('starts nothing when the %s of one input is wrong', async (_case, input, statusCode) => {
		const call = stage().client.classifyRuns.createBatch({
			classifier: { id: 'cl_inbound_mail' },
			inputs: [{ file: { text: 'Invoice' } }, input],
		});
		await expect(call).rejects.toMatchObject({ statusCode });
		expect(stage().emulator.store.runs.size).toBe(0);
	});

	it('is not found under an unknown ID', async () => {
		await expect(read('bpr_unknown')).rejects.toBeInstanceOf(Extend.NotFoundError);
	});
});
