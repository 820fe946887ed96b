import type { Extend } from 'extend-ai';
import { configOf, type Outcome } from './index';
import { useStage } from './testing/stage';

const FAILURE_REASONS = [
	'ABORTED',
	'INTERNAL_ERROR',
	'FAILED_TO_PROCESS_FILE',
	'INVALID_PROCESSOR',
	'INVALID_CONFIGURATION',
	'PARSING_ERROR',
	'PRE_PROCESSING_FAILURE',
	'POST_PROCESSING_FAILURE',
	'OUT_OF_CREDITS',
	'A_REASON_OF_NEXT_YEAR',
];

describe('outcomes on demand', () => {
	const stage = useStage();
	const finish = async (text: string, emulator?: Outcome): Promise<Extend.ClassifyRun> => {
		const { client, advance } = stage();
		const metadata = emulator && { emulator };
		const run = await client.classifyRuns.create({
			config: configOf('invoice', 'contract'),
			file: { text, name: 'a.txt' },
			metadata,
		});
		advance(10_000);
		return await client.classifyRuns.retrieve(run.id);
	};

	it.each(FAILURE_REASONS)('fails a run with the reason %s', async (failureReason) => {
		const run = await finish('Invoice', { failureReason, failureMessage: 'So it was told.' });
		expect(run).toMatchObject({ status: 'FAILED', failureReason, failureMessage: 'So it was told.' });
		expect(run).toMatchObject({ output: null, usage: null });
	});

	it('has a reason for a failure that names none', async () => {
		expect(await finish('Invoice', { status: 'FAILED' })).toMatchObject({ failureReason: 'INTERNAL_ERROR' });
	});

	it('can leave the reason of a failure empty', async () => {
		expect(await finish('Invoice', { status: 'FAILED', failureReason: null })).toMatchObject({
			status: 'FAILED',
			failureReason: null,
		});
	});

	it('ends in a status that nobody knows yet', async () => {
		const run = await finish('Invoice', { status: 'ARCHIVED' });
		expect(run).toMatchObject({ status: 'ARCHIVED', output: null, failureReason: null });
	});

	it('gives the category and the confidence asked for', async () => {
		const { output } = await finish('Invoice', { category: 'contract', confidence: 0.42 });
		expect(output).toMatchObject({ id: 'contract', type: 'contract', confidence: 0.42 });
	});

	it('gives a category that the configuration does not have', async () => {
		expect((await finish('Invoice', { category: 'receipt' })).output).toMatchObject({ id: 'receipt' });
	});

	it('merges other fields into the final run', async () => {
		const run = await finish('Invoice', { usage: null, output: { id: 'invoice' }, somethingNew: 1 });
		expect(run).toMatchObject({ status: 'PROCESSED', usage: null, output: { id: 'invoice' }, somethingNew: 1 });
		expect(run.output).not.toHaveProperty('confidence');
	});

	it('shows what a person changed in a review', async () => {
		const run = await finish('Invoice', { reviewed: true, category: 'contract', confidence: 1 });
		expect(run).toMatchObject({
			reviewed: true,
			edited: true,
			output: { id: 'contract', confidence: 1, insights: [] },
			initialOutput: { id: 'invoice' },
			reviewedOutput: { id: 'contract', confidence: 1, insights: [] },
		});
	});

	it('shows a review that changed nothing', async () => {
		const run = await finish('Invoice', { reviewed: true });
		expect(run).toMatchObject({ reviewed: true, edited: false, initialOutput: { id: 'invoice' } });
	});

	it('takes an outcome from a line of the document', async () => {
		const run = await finish('Invoice\nemulator: {"failureReason":"OUT_OF_CREDITS"}\nmore');
		expect(run).toMatchObject({ status: 'FAILED', failureReason: 'OUT_OF_CREDITS' });
	});

	it('says so when that line is not valid', async () => {
		const run = await finish('Invoice\nemulator: {"status":7}');
		expect(run).toMatchObject({ failureReason: 'INVALID_CONFIGURATION' });
		expect(run.failureMessage).toContain('emulator: …');
	});

	it('prefers the hook to metadata, and metadata to the document', async () => {
		const text = 'emulator: {"category":"a","confidence":0.1,"failureMessage":"text"}';
		stage().emulator.options.outcome = ({ text: seen, fileName, metadata }) => {
			expect([seen, fileName, metadata]).toEqual([text, 'a.txt', expect.anything()]);
			return { category: 'c' };
		};
		const run = await finish(text, { category: 'b', confidence: 0.2 });
		expect(run.output).toMatchObject({ id: 'c', confidence: 0.2 });
	});

	it('takes its time from the outcome', async () => {
		const { id } = await finish('Invoice', { runMs: 10_001 });
		expect((await stage().client.classifyRuns.retrieve(id)).status).toBe('PROCESSING');
		stage().advance(1);
		expect((await stage().client.classifyRuns.retrieve(id)).status).toBe('PROCESSED');
	});

	it('refuses metadata that is not an outcome', async () => {
		const json = {
			config: configOf(),
			file: { text: 'x' },
			metadata: { emulator: { runMs: 'long' } },
		};
		const { status, body } = await stage().call('POST', '/classify_runs', { json });
		expect(status).toBe(400);
		expect(body).toMatchObject({ message: expect.stringContaining('Path: metadata.emulator.runMs') });
		expect(stage().emulator.store.runs.size).toBe(0);
	});
});
