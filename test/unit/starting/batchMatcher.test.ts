import type { JsonObject } from '../../../nodes/Extend/api/json';
import type { Match } from '../../../nodes/Extend/starting/batchMatcher';
import { BatchMatcher } from '../../../nodes/Extend/starting/batchMatcher';
import type { BatchDocument } from '../../../nodes/Extend/starting/batchPlacement';
import { planOf, refusal } from '../support/startSetUp';

const batch = { id: 'bpr_1', status: 'PROCESSING', json: {} };
const COMPLETE = { kind: 'complete' } as const;

function matcherOf(startKeys: string[]) {
	return new BatchMatcher(batch, startKeys.map((startKey): BatchDocument => ({ plan: planOf(startKey) })));
}

const listed = (id: string, startKey?: string): JsonObject => ({ id, status: 'PENDING', ...(startKey === undefined ? {} : { metadata: { 'n8n:start': startKey } }) });
const told = (matches: ReadonlyArray<Match<BatchDocument>>) =>
	matches.map((match) => [match.document.plan.startKey, match.kind === 'run' ? match.listed.id : match.error.facts.code]);

/** Extend as it gives out single runs, and the IDs that were asked for. */
function extendOf(runs: Record<string, JsonObject | undefined>) {
	const asked: string[] = [];
	const warnings: string[] = [];
	const getRun = async (id: string) => {
		asked.push(id);
		const json = runs[id];
		if (json === undefined) throw refusal;
		return await Promise.resolve({ id, status: 'PENDING', json });
	};
	const matchIn = async (matcher: BatchMatcher<BatchDocument>) => told(await matcher.matchUnlisted({ getRun } as never, (message) => warnings.push(message)));
	return { asked, warnings, matchIn };
}

describe('BatchMatcher.match', () => {
	it('gives each document its run, in whatever order and parts the list shows them, once', () => {
		const matcher = matcherOf(['run:a', 'run:b', 'run:c']);
		expect(told(matcher.match([listed('clr_2', 'run:b'), listed('clr_x', 'run:nobody')]))).toEqual([['run:b', 'clr_2']]);
		expect(told(matcher.match([listed('clr_2', 'run:b'), listed('clr_3', 'run:c'), listed('clr_1', 'run:a')]))).toEqual([['run:c', 'clr_3'], ['run:a', 'clr_1']]);
		expect([matcher.matchNone(COMPLETE, 5), matcher.runsOfMissing()]).toEqual([[], []]);
	});

	it('gives a run that said nothing of itself once it does', () => {
		const matcher = matcherOf(['run:a']);
		expect(matcher.match([listed('clr_1')])).toEqual([]);
		expect(matcher.runsOfMissing().map(({ id }) => id)).toEqual(['clr_1']);
		expect(told(matcher.match([listed('clr_1', 'run:a')]))).toEqual([['run:a', 'clr_1']]);
		expect(matcher.runsOfMissing()).toEqual([]);
	});

	it('takes runs for those of its documents only where there can be no others', () => {
		const matcher = matcherOf(['run:a', 'run:b']);
		matcher.match([listed('clr_1'), listed('clr_2')]);
		expect(matcher.runsOfMissing()).toHaveLength(2);
		matcher.match([listed('clr_3')]);
		expect(matcher.runsOfMissing()).toEqual([]);
	});
});

describe('BatchMatcher.matchUnlisted', () => {
	it('reads runs whose metadata the list leaves out', async () => {
		const matcher = matcherOf(['run:a', 'run:b']);
		matcher.match([listed('clr_1'), listed('clr_2')]);
		const { asked, matchIn } = extendOf({ clr_1: listed('clr_1', 'run:b'), clr_2: listed('clr_2', 'run:a') });
		expect(await matchIn(matcher)).toEqual([['run:b', 'clr_1'], ['run:a', 'clr_2']]);
		expect(asked).toEqual(['clr_1', 'clr_2']);
	});

	it('reads one run only where the workspace keeps no metadata', async () => {
		const matcher = matcherOf(['run:a', 'run:b']);
		matcher.match([listed('clr_1'), listed('clr_2')]);
		const { asked, matchIn } = extendOf({ clr_1: listed('clr_1'), clr_2: listed('clr_2', 'run:a') });
		expect([await matchIn(matcher), asked]).toEqual([[], ['clr_1']]);
	});

	it('reads the others although one cannot be read, and says so', async () => {
		const matcher = matcherOf(['run:a', 'run:b']);
		matcher.match([listed('clr_1'), listed('clr_2')]);
		const { warnings, matchIn } = extendOf({ clr_2: listed('clr_2', 'run:a') });
		expect(await matchIn(matcher)).toEqual([['run:a', 'clr_2']]);
		expect(warnings).toEqual([`Extend run clr_1 could not be read: ${refusal.message}`]);
	});

	it('reads nothing where no run is left', async () => {
		const { asked, matchIn } = extendOf({});
		expect([await matchIn(matcherOf(['run:a'])), asked]).toEqual([[], []]);
	});
});

describe('BatchMatcher.matchNone', () => {
	it.each([
		[COMPLETE, 'RUN_NOT_MATCHED'],
		[{ kind: 'over' } as const, 'RUN_NOT_MATCHED'],
		[{ kind: 'deadline' } as const, 'TIMEOUT'],
		[{ kind: 'stopped' } as const, 'STOPPED'],
		[{ kind: 'unreadable', error: refusal } as const, 'INVALID_REQUEST'],
	])('says why a document has no run when the list ended with %j and runs say nothing of themselves', (end, code) => {
		const matcher = matcherOf(['run:a', 'run:b']);
		matcher.match([listed('clr_1', 'run:a'), listed('clr_2')]);
		const matches = matcher.matchNone(end, 5);
		expect(told(matches)).toEqual([['run:b', code]]);
		expect(matches[0]).toMatchObject({ error: { facts: { batchId: 'bpr_1' } } });
	});

	it('says that the run is not listed when there is none that could be meant', () => {
		expect(told(matcherOf(['run:a']).matchNone(COMPLETE, 5))).toEqual([['run:a', 'RUN_NOT_LISTED']]);
	});

	it('names the runs of which one must be meant', () => {
		const matcher = matcherOf(['run:a']);
		matcher.match([listed('clr_1')]);
		expect(matcher.matchNone(COMPLETE, 5)[0]).toMatchObject({ error: { message: expect.stringContaining('clr_1'), facts: { runIds: ['clr_1'] } } });
	});
});
