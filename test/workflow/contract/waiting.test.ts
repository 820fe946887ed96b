import type { IDataObject } from 'n8n-workflow';
import type { EmulatorOptions, Fault } from '../../emulator';
import type { Outcome } from '../../emulator/runs/outcome';
import { byText, INVOICE, openStage, type Stage } from '../setup';

/** Waiting in classify and waitForCompletion: waitOptions, and onRunFailed, which get has as well. */

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const text = { ...byText, text: INVOICE };
/** Runs that begin at once and last. */
const LONG: Partial<EmulatorOptions> = { createStatus: 'PROCESSING', runMs: 60_000 };
/** Runs that are over as soon as they are started. */
const DONE: Partial<EmulatorOptions> = { createStatus: 'PROCESSING', runMs: 0 };
const cancels = () => stage.requests('POST', /cancel$/).length;

interface Waited {
	item: IDataObject;
	details?: IDataObject;
	error?: string;
}

/** Waits for one run, started by the wait itself or before it. */
async function waitFor(operation: string, parameters: IDataObject): Promise<Waited> {
	const started = operation === 'classify' ? [] : (await stage.run({ parameters: { ...text, operation: 'start' } })).json;
	const { json } = await stage.run({ parameters: { ...text, operation, runId: String(started[0]?.id), ...parameters }, settings: { onError: 'continueRegularOutput' } });
	const [item = {}] = json;
	return { item, details: item.details as IDataObject | undefined, error: item.error as string | undefined };
}
const within = (timeout: unknown, onTimeout?: string) => ({ waitOptions: { timeout, ...(onTimeout === undefined ? {} : { onTimeout }) } as IDataObject });

describe.each(['classify', 'waitForCompletion'])('%s', (operation) => {
	describe('onTimeout', () => {
		it.each([undefined, 'error'])('%s fails the item, names the run and leaves it alone', async (onTimeout) => {
			stage = await openStage(LONG);
			const { item, details, error } = await waitFor(operation, within(0.3, onTimeout));
			const [id] = [...stage.extend.store.runs.keys()];
			expect(error).toMatch(new RegExp(`run ${id} did not finish within 0\\.3 seconds\\. Its status is PROCESSING \\[item 0\\]$`));
			expect(item.message).toMatch(/continues at Extend.*Timeout/);
			expect(details).toMatchObject({ code: 'TIMEOUT', status: 'PROCESSING', retryable: true, runId: id, dashboardUrl: expect.stringMatching(/^https:/) });
			expect(cancels()).toBe(0);
		});

		it('return gives the unfinished run and leaves it alone', async () => {
			stage = await openStage(LONG);
			const { item } = await waitFor(operation, within(0.3, 'return'));
			expect(item).toMatchObject({ status: 'PROCESSING', category: null, failureReason: null, retryable: null });
			expect(cancels()).toBe(0);
		});

		it('cancel cancels the run at Extend and gives it as it then is', async () => {
			stage = await openStage(LONG);
			const { item } = await waitFor(operation, within(0.3, 'cancel'));
			expect(item).toMatchObject({ status: 'CANCELLED', failureReason: null, failureAdvice: expect.stringMatching(/cancelled/), retryable: true });
			expect(cancels()).toBe(1);
		});

		it('cancel gives a run that finished meanwhile with its result', async () => {
			const onRequest = ({ path }: { path: string }): Fault | undefined => (path.endsWith('/cancel') ? { kind: 'delay', ms: 1_000 } : undefined);
			stage = await openStage({ createStatus: 'PROCESSING', runMs: 700, onRequest });
			const { item } = await waitFor(operation, within(0.05, 'cancel'));
			expect(item).toMatchObject({ status: 'PROCESSED', category: 'invoice' });
		});

		it.each(['error', 'return', 'cancel'])('%s ends at once when Extend asks to wait beyond the timeout, and cancels nothing', async (onTimeout) => {
			const busy: Fault = { kind: 'status', status: 503, headers: { 'retry-after': '3600' }, body: { code: 'BUSY', message: 'Busy', retryable: true } };
			stage = await openStage({ ...LONG, onRequest: ({ method, path }) => (method === 'GET' && /clr_/.test(path) ? busy : undefined) });
			const { item, details, error } = await waitFor(operation, within(600, onTimeout));
			const [id] = [...stage.extend.store.runs.keys()];
			const isReturned = operation === 'classify' && onTimeout === 'return';
			expect(error).toEqual(isReturned ? undefined : expect.stringMatching(/^Extend answered: Busy\. Extend asks to wait until \S+ \S+ UTC \[item 0\]$/));
			expect(isReturned ? item.id : details?.runId).toBe(id);
			expect(cancels()).toBe(0);
		});

		it('cancel and onRunFailed error together fail the item', async () => {
			stage = await openStage(LONG);
			const { details, error } = await waitFor(operation, { ...within(0.3, 'cancel'), onRunFailed: 'error' });
			expect(error).toMatch(/was cancelled \[item 0\]$/);
			expect(details).toMatchObject({ code: 'RUN_FAILED', status: 'CANCELLED' });
		});
	});

	describe('timeout', () => {
		it.each([0, -1, '0', 'soon', 'Infinity', '={{ ({}) }}'])('%s is refused before anything is sent', async (timeout) => {
			stage = await openStage();
			const { json } = await stage.run({ parameters: { ...text, operation, runId: 'clr_1', ...within(timeout) }, settings: { onError: 'continueRegularOutput' } });
			expect(json[0]).toMatchObject({ error: expect.stringMatching(/^Timeout \(Seconds\) (is|holds) /), details: { code: 'INVALID_INPUT' } });
			expect(stage.extend.requests).toEqual([]);
		});

		it.each<[string, unknown]>([
			['a text', '20'],
			['empty, for the default', ''],
			['a year', 31_536_000],
		])('may be %s', async (_, timeout) => {
			stage = await openStage(DONE);
			expect((await waitFor(operation, within(timeout))).item).toMatchObject({ status: 'PROCESSED' });
		});
	});

	it('looks at least once, however short the timeout', async () => {
		stage = await openStage(LONG);
		await waitFor(operation, within(0.001));
		expect(stage.requests('GET', /^\/classify_runs\/clr_/).length).toBeGreaterThan(0);
	});

	it.each(['yes', '={{ ({}) }}'])('cancelOnStop that is %s is refused before anything is sent', async (cancelOnStop) => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: { ...text, operation, runId: 'clr_1', waitOptions: { cancelOnStop } }, settings: { onError: 'continueRegularOutput' } });
		expect(json[0]).toMatchObject({ error: expect.stringMatching(/^Cancel Runs When Stopped (is|holds) /) });
		expect(stage.extend.requests).toEqual([]);
	});
});

it('the timeout of classify counts from the acceptance of the run, not from the beginning', async () => {
	stage = await openStage({ runMs: 300, onRequest: ({ method, path }) => (method === 'POST' && path === '/classify_runs' ? { kind: 'delay', ms: 3_000 } : undefined) });
	expect((await waitFor('classify', within(2))).item).toMatchObject({ status: 'PROCESSED' });
});

it('each run has its own timeout: one that takes too long takes no other with it', async () => {
	stage = await openStage({ createStatus: 'PROCESSING', runMs: ({ text: content }) => (content.includes('slow') ? 60_000 : 30) });
	const items = [INVOICE, 'slow', INVOICE].map((content) => ({ json: { content } }));
	const { json } = await stage.run({ parameters: { ...text, text: '={{ $json.content }}', ...within(3) }, items, settings: { onError: 'continueRegularOutput' } });
	expect(json.map(({ status, details }) => status ?? (details as IDataObject).code)).toEqual(['PROCESSED', 'PROCESSED', 'TIMEOUT']);
});

describe.each(['classify', 'waitForCompletion', 'get'])('onRunFailed in %s', (operation) => {
	const ended = async (outcome: Outcome, onRunFailed?: string): Promise<Waited> => {
		stage = await openStage({ ...DONE, outcome: () => outcome });
		return await waitFor(operation, onRunFailed === undefined ? {} : { onRunFailed });
	};
	const FAILED = { failureReason: 'OUT_OF_CREDITS', failureMessage: 'No credits left.' };

	it.each([undefined, 'return'])('%s gives a failed run as a result', async (onRunFailed) => {
		expect((await ended(FAILED, onRunFailed)).item).toMatchObject({ status: 'FAILED', ...FAILED, failureAdvice: expect.stringMatching(/Add credits/), retryable: false });
	});

	it.each<[string, Outcome, object]>([
		['FAILED', FAILED, { failureReason: 'OUT_OF_CREDITS', retryable: false }],
		['CANCELLED', { status: 'CANCELLED' }, { failureReason: null, retryable: true }],
	])('error fails the item of a run that is %s', async (status, outcome, facts) => {
		const { item, details } = await ended(outcome, 'error');
		expect(Object.keys(item)).toEqual(['error', 'message', 'details']);
		expect(details).toEqual({ itemIndex: 0, code: 'RUN_FAILED', status, requestId: null, runId: expect.stringMatching(/^clr_/), dashboardUrl: expect.stringMatching(/^https:/), ...facts });
	});

	it.each<[string, Outcome]>([
		['PROCESSED', {}],
		['ARCHIVED', { status: 'ARCHIVED' }],
	])('error leaves a run alone that is %s', async (status, outcome) => {
		expect((await ended(outcome, 'error')).item).toMatchObject({ status, failureAdvice: null });
	});
});
