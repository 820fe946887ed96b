import { StartMemory } from '../../../nodes/Extend/starting/startMemory';
import { noMemory } from '../support/startSetUp';

const lost = { wasAnswered: false, message: 'lost' };
const open = (remembered = noMemory('1'), executionId = '1', runIndex = 0) => new StartMemory(remembered, { executionId, runIndex });

describe('StartMemory', () => {
	it('knows nothing at the first try of a node', () => {
		const memory = open();
		expect([memory.hasEarlierTry, memory.isNewExecution, memory.executionId, memory.of('run:a'), memory.isOutcomeUnknown('run:a')]).toEqual([false, false, '1', {}, false]);
	});

	it('tells another try from another turn of a loop', () => {
		const remembered = noMemory('1');
		open(remembered);
		expect([open(remembered, '1', 1).hasEarlierTry, open(remembered).hasEarlierTry]).toEqual([false, true]);
	});

	it('goes on in a new execution with the ID of the first, of which start keys are made', () => {
		const remembered = noMemory('1');
		open(remembered);
		const memory = open(remembered, '2');
		expect([memory.executionId, memory.isNewExecution, memory.hasEarlierTry]).toEqual(['1', true, true]);
	});

	it('is there at the next try as n8n saves it: as JSON', () => {
		const remembered = noMemory('1');
		const memory = open(remembered);
		memory.rememberFile('run:a', 'file_1');
		memory.rememberRuns('run:a', ['clr_1', 'clr_2']);
		memory.rememberBatch('run:b', 'bpr_1', ['clr_0']);
		memory.rememberUnknownOutcome('run:c', new Set(['clr_3']), lost);
		const again = open(JSON.parse(JSON.stringify(remembered)) as typeof remembered);
		expect(['run:a', 'run:b', 'run:c'].map((startKey) => again.of(startKey))).toEqual([
			{ fileId: 'file_1', runIds: ['clr_1', 'clr_2'] },
			{ batchId: 'bpr_1', runIds: ['clr_0'] },
			{ knownBefore: ['clr_3'], unknownStarts: 1 },
		]);
	});

	it('forgets with each start what came of the last one, and keeps the file', () => {
		const memory = open();
		memory.rememberFile('run:a', 'file_1');
		memory.rememberBatch('run:a', 'bpr_1', []);
		memory.rememberUnknownOutcome('run:a', ['clr_0'], lost);
		expect([memory.of('run:a'), memory.isOutcomeUnknown('run:a')]).toEqual([{ fileId: 'file_1', knownBefore: ['clr_0'], unknownStarts: 1 }, true]);
		memory.rememberRuns('run:a', ['clr_1']);
		expect([memory.of('run:a'), memory.isOutcomeUnknown('run:a')]).toEqual([{ fileId: 'file_1', runIds: ['clr_1'] }, false]);
		memory.rememberUnknownOutcome('run:a', [], lost);
		memory.rememberBatch('run:a', 'bpr_2', []);
		expect(memory.of('run:a')).toEqual({ fileId: 'file_1', batchId: 'bpr_2', runIds: [] });
		memory.rememberRuns('run:a', ['clr_1'], true);
		expect(memory.of('run:a')).toEqual({ fileId: 'file_1', runIds: ['clr_1'], mayHaveSeveralRuns: true });
		memory.forgetFile('run:a');
		expect(memory.of('run:a')).not.toHaveProperty('fileId');
	});

	it('counts starts with an unknown outcome, and anew in each new execution', () => {
		const remembered = noMemory('1');
		open(remembered).rememberUnknownOutcome('run:a', [], lost);
		const second = open(remembered);
		second.rememberUnknownOutcome('run:a', [], { wasAnswered: true, message: 'No.' });
		expect(second.of('run:a')).toMatchObject({ unknownStarts: 4, answered: 'No.', mayHaveSeveralRuns: true });
		const later = open(remembered, '2');
		expect([later.of('run:a').unknownStarts, later.isOutcomeUnknown('run:a')]).toEqual([undefined, true]);
		later.rememberUnknownOutcome('run:a', [], lost);
		expect(open(remembered, '2').of('run:a').unknownStarts).toBe(1);
	});

	it('knows of several runs that there may be, also when they were started in two executions', () => {
		const remembered = noMemory('1');
		open(remembered).rememberUnknownOutcome('run:a', [], lost);
		const later = open(remembered, '2');
		expect(later.of('run:a').mayHaveSeveralRuns).toBeUndefined();
		later.rememberUnknownOutcome('run:a', [], lost);
		later.rememberRuns('run:a', ['clr_1']);
		expect(open(remembered, '3').of('run:a').mayHaveSeveralRuns).toBe(true);
	});
});
