import { FAULT_KINDS } from '../emulator';
import { ACTED, BATCHES, ENDLESS, HARMLESS, meet, REFUSALS, rowsOf, runWith } from './faultRun';
import { TARGETS, type Target } from './targets';

describe('a batch whose request meets one fault', () => {
	it.concurrent.each(rowsOf(FAULT_KINDS, BATCHES))('%s is sent once only, or again where nothing can have been made, after %s', async (_name, _kind, target, kind) => {
		const { json, hits, stage } = await runWith(target, meet(target, kind, 1));
		const { runs } = stage.extend.store;
		expect(hits).toHaveLength(REFUSALS.includes(kind) ? 2 : 1);
		const isKnown = HARMLESS.includes(kind) || REFUSALS.includes(kind);
		expect(runs.size).toBe(isKnown || ACTED.includes(kind) ? 2 : 0);
		const waits = target.name.includes('Classify');
		if (isKnown || (ACTED.includes(kind) && waits)) {
			for (const item of json) expect(item).toMatchObject(target.gives);
			return;
		}
		expect(json).toHaveLength(2);
		for (const item of json) expect(item).toMatchObject({ details: { code: 'OUTCOME_UNKNOWN' }, message: expect.stringMatching(/\.$/) });
		for (const id of runs.keys()) expect(JSON.stringify(json)).toContain(id);
	});
});

describe('faults without end, before batches', () => {
	const kinds = FAULT_KINDS.filter((kind) => ENDLESS[kind] !== undefined);
	const waits = TARGETS.filter(({ name, kind }) => ['batchList', 'batchLook'].includes(kind) && name.includes('Wait for Completion'));

	it.concurrent.each(rowsOf(kinds, waits))('%s gives up at the timeout when %s does not end, quotes the last one, and names what exists', async (_name, _kind, target, kind) => {
		const { json, seconds, stage } = await runWith(target, meet(target, kind), { waitOptions: { timeout: 20 } });
		expect(seconds).toBeGreaterThan(19);
		for (const item of json) expect(item).toMatchObject({ error: expect.stringMatching(ENDLESS[kind] ?? /^$/), details: { retryable: true } });
		const { runs, batches } = stage.extend.store;
		const named = target.kind === 'batchList' ? batches.keys() : runs.keys();
		for (const id of named) expect(JSON.stringify(json)).toContain(id);
	});

	it.concurrent.each(BATCHES.map((target): [string, Target] => [target.name, target]))('%s gives up after two minutes of nothing but refusals, and has started nothing', async (_name, target) => {
		const { json, seconds, stage } = await runWith(target, meet(target, 'tooManySeconds'));
		expect(json).toHaveLength(2);
		for (const item of json) expect(item).toMatchObject({ error: expect.stringMatching(/Too many requests.*none of the 2 documents of this batch was started/), details: { retryable: true } });
		expect(seconds).toBeGreaterThan(100);
		expect(stage.extend.store.runs.size).toBe(0);
	});
});
