import { ExtendError } from '../../../nodes/Extend/api/errors';
import { classifierIdOf } from '../../../nodes/Extend/starting/plan';
import { faultOf } from '../support/faults';
import { earlierRun, planOf, setUp, TOKEN, upload } from '../support/startSetUp';

const refusal = new ExtendError('Extend answered: no', 'Change it.', { code: 'INVALID_REQUEST', status: 422 });

describe('RunStarter.start', () => {
	it('starts a run with all parts of the plan', async () => {
		const { extend, starter } = setUp();
		const { run, wasAdopted } = await starter.start(planOf({ priority: 5 }));
		expect([run.id, wasAdopted]).toEqual(['clr_1', false]);
		expect(extend.requests).toEqual([
			{
				classifier: { id: 'cl_1' },
				file: { url: 'https://a.example/a.pdf' },
				priority: 5,
				metadata: { mail: 1, 'n8n:start': TOKEN },
			},
		]);
		expect(extend.listings).toEqual([]);
	});

	it('uploads first when the document is a file', async () => {
		const { extend, starter } = setUp();
		const { uploadedFileId } = await starter.start(planOf({ source: upload }));
		expect(extend.requests[0]?.file).toEqual({ id: 'file_a.pdf_1' });
		expect(uploadedFileId).toBe('file_a.pdf_1');
	});

	it('uses an upload of an earlier try when there is one', async () => {
		const { extend, starter } = setUp([], 0, { [TOKEN]: 'file_kept' });
		await starter.start(planOf({ source: upload }));
		expect(extend.uploadCount).toBe(0);
		expect(extend.requests[0]?.file).toEqual({ id: 'file_kept' });
	});

	it('keeps the upload for a later try when the start is refused', async () => {
		const { extend, starter, uploadedFileIds } = setUp([refusal]);
		await faultOf(starter.start(planOf({ source: upload })));
		expect(uploadedFileIds).toEqual({ [TOKEN]: 'file_a.pdf_1' });
		await starter.start(planOf({ source: upload }));
		expect(extend.uploadCount).toBe(1);
	});

	it('passes on what Extend said when it refuses', async () => {
		const { extend, starter } = setUp([refusal]);
		expect(await faultOf(starter.start(planOf()))).toBe(refusal);
		expect(extend.requests).toHaveLength(1);
	});

	it.each(['PENDING', 'PROCESSING', 'CANCELLING', 'PROCESSED', 'BRAND_NEW'])('adopts an earlier run when it is %s', async (status) => {
		const { extend, starter } = setUp();
		extend.add(earlierRun(status));
		const { run, wasAdopted } = await starter.start(planOf({ looksFirst: true, source: upload }));
		expect([run.id, run.status, wasAdopted]).toEqual(['clr_old', status, true]);
		expect([extend.requests.length, extend.uploadCount]).toEqual([0, 0]);
	});

	it.each(['FAILED', 'CANCELLED'])('starts anew when the earlier run is %s', async (status) => {
		const { extend, starter } = setUp();
		extend.add(earlierRun(status));
		const { run, wasAdopted } = await starter.start(planOf({ looksFirst: true }));
		expect([run.id, wasAdopted]).toEqual(['clr_1', false]);
	});

	it('starts anew when the earlier run has failed since it was listed', async () => {
		const { extend, starter } = setUp();
		extend.add(earlierRun('PROCESSING'));
		extend.becomes('clr_old', 'FAILED');
		expect((await starter.start(planOf({ looksFirst: true }))).run.id).toBe('clr_1');
	});

	it('reads a run that this execution has started before, once, and lists nothing', async () => {
		const { extend, starter, startedRunIds } = setUp();
		extend.add(earlierRun('PROCESSING'));
		startedRunIds[TOKEN] = 'clr_old';
		const { run, wasAdopted, mayHaveDouble } = await starter.start(planOf({ looksFirst: true }));
		expect([run.id, wasAdopted, mayHaveDouble]).toEqual(['clr_old', true, false]);
		expect([extend.readIds, extend.listings, extend.requests]).toEqual([['clr_old'], [], []]);
	});

	it('says of a run that this execution has started and that is gone that it was there, and starts nothing', async () => {
		const { extend, starter, startedRunIds } = setUp();
		startedRunIds[TOKEN] = 'clr_old,clr_gone';
		const fault = await faultOf(starter.start(planOf({ looksFirst: true })));
		expect([fault.message, fault.facts]).toEqual([expect.stringMatching(/run clr_gone was started and is not there any more/), expect.objectContaining({ runId: 'clr_gone', status: 404 })]);
		expect(extend.requests).toEqual([]);
	});

	it('looks for nothing when it is not to look first', async () => {
		const { extend, starter } = setUp();
		extend.add(earlierRun('PROCESSED'));
		expect((await starter.start(planOf())).run.id).toBe('clr_1');
	});

	it('lists once when many documents of a classifier look first', async () => {
		const { extend, starter } = setUp();
		const plans = Array.from({ length: 100 }, (_, index) => planOf({ looksFirst: true, token: `key:${index}` }));
		await Promise.all([...plans, planOf({ looksFirst: true, target: { config: {} } })].map(async (plan) => await starter.start(plan)));
		expect(extend.listings.map(({ classifierId }) => classifierId)).toEqual(['cl_1', undefined]);
	});

	it('starts nothing when the look for earlier runs does not succeed', async () => {
		const { extend, starter } = setUp();
		extend.listFault = refusal;
		expect(await faultOf(starter.start(planOf({ looksFirst: true, source: upload })))).toBe(refusal);
		expect([extend.requests.length, extend.uploadCount]).toEqual([0, 0]);
	});
});

describe('RunStarter.wasLookCutShort', () => {
	it.each([
		[9_999, false],
		[10_001, true],
	])('is right when there are %i runs', async (count, isCutShort) => {
		const { extend, starter } = setUp();
		for (let index = 0; index < count; index++) extend.add({ id: `clr_o${index}`, status: 'PROCESSED' });
		await starter.start(planOf({ looksFirst: true }));
		expect(await starter.wasLookCutShort()).toBe(isCutShort);
	});

	it('is false when nothing was looked for or the look did not succeed', async () => {
		const { extend, starter } = setUp();
		expect(await starter.wasLookCutShort()).toBe(false);
		extend.listFault = refusal;
		await faultOf(starter.start(planOf({ looksFirst: true })));
		expect(await starter.wasLookCutShort()).toBe(false);
	});
});

describe('classifierIdOf', () => {
	it('gives the saved classifier when there is one', () => {
		expect([classifierIdOf({ classifier: { id: 'cl_1' } }), classifierIdOf({ config: {} })]).toEqual(['cl_1', undefined]);
	});
});
