import { Extend } from 'extend-ai';
import { START_MS, useStage } from './testing/stage';

const INVOICE = { text: 'Invoice 417: the supplier asks for payment.', name: 'invoice-417.txt' };
const RUN_KEYS = [
	'object id status output classifier classifierVersion initialOutput reviewedOutput failureReason failureMessage',
	'metadata reviewed edited config file parseRunId dashboardUrl usage createdAt updatedAt dataRetention',
]
	.join(' ')
	.split(' ');

describe('a run started by the official SDK', () => {
	const stage = useStage({ pendingMs: 50, runMs: 300 });
	const create = (request: Partial<Extend.ClassifyRunsCreateRequest> = {}) =>
		stage().client.classifyRuns.create({ classifier: { id: 'cl_inbound_mail' }, file: INVOICE, ...request });

	it('is pending, with explicit nulls for all that is not known yet', async () => {
		const run = await create({ metadata: { mailItem: 'AP-20417' } });
		expect(Object.keys(run).sort()).toEqual([...RUN_KEYS].sort());
		expect(run).toMatchObject({
			object: 'classify_run',
			status: 'PENDING',
			output: null,
			initialOutput: null,
			reviewedOutput: null,
			failureReason: null,
			failureMessage: null,
			parseRunId: null,
			usage: null,
			reviewed: false,
			edited: false,
			metadata: { mailItem: 'AP-20417' },
			createdAt: new Date(START_MS).toISOString(),
			updatedAt: new Date(START_MS).toISOString(),
		});
		expect(run.dashboardUrl).toBe(`https://dashboard.extend.ai/runs/${run.id}`);
	});

	it('runs the newest published version when none is named', async () => {
		const run = await create();
		expect(run.classifier).toMatchObject({ object: 'classifier', id: 'cl_inbound_mail', name: 'Inbound mail' });
		expect(run.classifierVersion).toMatchObject({ version: '2.0', classifierId: 'cl_inbound_mail' });
		expect(run.classifierVersion).not.toHaveProperty('config');
		expect(run.config.classifications.map(({ id }) => id)).toEqual([
			'invoice',
			'contract',
			'bill_of_lading',
			'other',
		]);
	});

	it.each([
		['cl_inbound_mail', 'draft', 'draft'],
		['cl_inbound_mail', '1.0', '1.0'],
		['cl_inbound_mail', 'latest', '2.0'],
		['cl_claims_intake', 'latest', 'draft'],
		['cl_claims_intake', undefined, 'draft'],
	])('runs of %s version %s the version %s', async (id, version, expected) => {
		const run = await create({ classifier: { id, version } });
		expect(run.classifierVersion?.version).toBe(expected);
	});

	it('echoes the saved configuration with the override merged into it', async () => {
		const overrideConfig = { classificationRules: 'Pro forma counts as other.', baseProcessor: 'classification_light' };
		const run = await create({ classifier: { id: 'cl_inbound_mail', overrideConfig } });
		expect(run.config).toMatchObject({ ...overrideConfig, baseVersion: '3.2.0' });
		expect(run.config.classifications).toHaveLength(4);
	});

	it('has no classifier when its configuration was given inline', async () => {
		const classifications = [
			{ id: 'memo', type: 'memo', description: 'A note to colleagues.' },
			{ id: 'rest', type: 'other', description: 'All else.' },
		];
		const run = await create({ classifier: undefined, config: { classifications } });
		expect(run).toMatchObject({ classifier: null, classifierVersion: null, config: { classifications } });
	});

	it('ends with an output that says it comes from keywords, and with its price', async () => {
		const { id } = await create();
		stage().advance(300);
		const run = await stage().client.classifyRuns.retrieve(id);
		expect(run).toMatchObject({ status: 'PROCESSED', output: { id: 'invoice', type: 'invoice' } });
		expect(run.output?.insights[0]?.content).toMatch(/^Keyword matching by the stand-in, no model: .*"invoice"/);
		expect(run.usage).toMatchObject({ credits: 1, totalCredits: 3 });
		expect(run.usage?.breakdown?.map(({ object, credits }) => [object, credits])).toEqual([
			['parse_run', 2],
			['classify_run', 1],
		]);
		expect(run.usage?.breakdown?.[0]?.id).toBe(run.parseRunId);
	});

	it('cleans usage tags like the real server', async () => {
		const run = await create({ metadata: { 'extend:usage_tags': ['ap inbox!', 'n8n_1-a'] } });
		expect(run.metadata).toEqual({ 'extend:usage_tags': ['apinbox', 'n8n_1-a'] });
	});

	it('is gone once deleted', async () => {
		const { id } = await create();
		expect(await stage().client.classifyRuns.delete(id)).toEqual({ id });
		await expect(stage().client.classifyRuns.retrieve(id)).rejects.toBeInstanceOf(Extend.NotFoundError);
	});

	it('answers create with the status of the options', async () => {
		stage().emulator.options.createStatus = 'PROCESSING';
		const { id, status } = await create();
		expect(status).toBe('PROCESSING');
		// A status never goes backwards.
		expect((await stage().client.classifyRuns.retrieve(id)).status).toBe('PROCESSING');
	});
});

describe('runs in real time', () => {
	const stage = useStage({ nowMs: Date.now, pendingMs: 20, runMs: 60 });

	it('reaches its end under createAndPoll', async () => {
		const run = await stage().client.classifyRuns.createAndPoll(
			{ classifier: { id: 'cl_inbound_mail' }, file: INVOICE },
			{ maxWaitMs: 5_000 },
		);
		expect(run).toMatchObject({ status: 'PROCESSED', output: { id: 'invoice' } });
	});

	it('comes back finished from the synchronous call', async () => {
		const run = await stage().client.classify({ classifier: { id: 'cl_inbound_mail' }, file: INVOICE });
		expect(run).toMatchObject({ object: 'classify_run', status: 'PROCESSED', output: { id: 'invoice' } });
	});

	it('outlives a synchronous call that takes too long', async () => {
		Object.assign(stage().emulator.options, { runMs: 60_000, syncTimeoutMs: 30 });
		const call = stage().client.classify({ classifier: { id: 'cl_inbound_mail' }, file: INVOICE });
		await expect(call).rejects.toMatchObject({ statusCode: 504 });
		const { data } = await stage().client.classifyRuns.list();
		expect(data.map(({ status }) => status)).toEqual(['PROCESSING']);
	});
});
