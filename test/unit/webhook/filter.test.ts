import type { EventFilter } from '../../../nodes/Extend/webhook/filter';
import { isStartedBy, passesFilter } from '../../../nodes/Extend/webhook/filter';
import type { JsonObject, JsonValue } from '../../../nodes/Extend/api/json';

const NOTHING: EventFilter = { categories: [], ignoreOwnRuns: false };

function processed(id: string, confidence: JsonValue): Parameters<typeof passesFilter>[0] {
	return { eventId: 'evt_1', eventType: 'classify_run.processed', payload: { id: 'clr_1', output: { id, type: 'x', confidence } } };
}

describe('passesFilter', () => {
	it.each([
		[{}, 'invoice', 0.1, true],
		[{ categories: ['invoice'] }, 'invoice', 0.9, true],
		[{ categories: ['contract', 'Invoice'] }, 'invoice', 0.9, true],
		[{ categories: ['contract'] }, 'invoice', 0.9, false],
		[{ categories: ['x'] }, 'invoice', 0.9, false],
		[{ minimumConfidence: 0.8 }, 'invoice', 0.8, true],
		[{ minimumConfidence: 0.8 }, 'invoice', 0.799, false],
		[{ maximumConfidence: 0.8 }, 'invoice', 0.8, true],
		[{ maximumConfidence: 0.8 }, 'invoice', 0.801, false],
		[{ minimumConfidence: 0.5, maximumConfidence: 0.8, categories: ['invoice'] }, 'invoice', 0.6, true],
		[{ minimumConfidence: 0.5, maximumConfidence: 0.8, categories: ['invoice'] }, 'invoice', 0.4, false],
		[{ minimumConfidence: 0.9, maximumConfidence: 0.1 }, 'invoice', 0.5, false],
		[{ minimumConfidence: 0.8 }, 'invoice', null, false],
		[{ maximumConfidence: 0.8 }, 'invoice', null, true],
		[{ maximumConfidence: 0.8 }, 'invoice', '0.9', true],
		[{ minimumConfidence: 0 }, 'invoice', null, true],
	])('with %j lets %s at %s pass: %s', (filter, id, confidence, passes) => {
		expect(passesFilter(processed(id, confidence), { ...NOTHING, ...filter })).toBe(passes);
	});

	it('lets a processed run without a result pass only where nothing is asked of it', () => {
		const event = { eventId: 'evt_1', eventType: 'classify_run.processed', payload: { id: 'clr_1', output: null } };
		const passed = [{}, { categories: ['invoice'] }, { minimumConfidence: 0.1 }, { maximumConfidence: 0.1 }];
		expect(passed.map((filter) => passesFilter(event, { ...NOTHING, ...filter }))).toEqual([true, false, false, true]);
	});

	it.each(['classify_run.failed', 'batch_processor_run.processed', 'batch_processor_run.failed'])('lets every %s pass', (eventType) => {
		const filter = { ...NOTHING, categories: ['contract'], minimumConfidence: 1, maximumConfidence: 0 };
		expect(passesFilter({ ...processed('invoice', 0.5), eventType }, filter)).toBe(true);
	});
});

describe('isStartedBy', () => {
	const MARK = '6fe5b6257593';

	it.each<[string, JsonObject, boolean]>([
		['the mark of the workflow', { metadata: { 'n8n:workflow': MARK, 'n8n:start': 'run:1', note: 'x' } }, true],
		['the mark of another workflow', { metadata: { 'n8n:workflow': 'ffffffffffff' } }, false],
		['a mark that is longer', { metadata: { 'n8n:workflow': `${MARK}0` } }, false],
		['a mark that is no text', { metadata: { 'n8n:workflow': [MARK] } }, false],
		['no mark', { metadata: { note: MARK } }, false],
		['no metadata', { metadata: null }, false],
		['the mark outside the metadata', { 'n8n:workflow': MARK }, false],
	])('looks for the mark in the metadata of a run, which has %s', (_what, more, isOwn) => {
		expect(isStartedBy(MARK, { id: 'clr_1', ...more })).toBe(isOwn);
	});
});
