import type { PlannedDocument } from '../../../nodes/Extend/pipeline/plannedDocument';
import { groupByStartKey, submitOnce } from '../../../nodes/Extend/pipeline/repeats';
import type { Submitted } from '../../../nodes/Extend/pipeline/submission';
import { all, planOf, refusal } from '../support/startSetUp';

const documentOf = (itemIndex: number, startKey: string): PlannedDocument => ({
	itemIndex,
	plan: planOf(startKey),
	settings: { options: {}, output: {}, wait: {} } as PlannedDocument['settings'],
});
const documents = [documentOf(0, 'call:a'), documentOf(1, 'call:b'), documentOf(2, 'call:a'), documentOf(3, 'call:a')];

/** Submits documents by the words "failed" or "run", and notes which were given. */
function submission(ofKey: Record<string, 'run' | 'failed'>) {
	const given: number[] = [];
	async function* submit(submitted: PlannedDocument[]): AsyncGenerator<Submitted> {
		given.push(...submitted.map(({ itemIndex }) => itemIndex));
		for (const document of submitted.reverse()) {
			await Promise.resolve();
			const id = `clr_${document.plan.startKey}`;
			const run = { kind: 'known' as const, run: { id, status: 'PENDING', json: {} }, isForeign: false };
			yield ofKey[document.plan.startKey] === 'failed'
				? { kind: 'failed', document, error: refusal }
				: { kind: 'run', document, run, isReused: false, wasSentAgain: true };
		}
	}
	return { given, submit };
}

describe('groupByStartKey', () => {
	it('puts documents together that are the same for Extend, in their order', () => {
		const groups = [...groupByStartKey(documents)].map(([startKey, group]) => [startKey, group.map(({ itemIndex }) => itemIndex)]);
		expect(groups).toEqual([['call:a', [0, 2, 3]], ['call:b', [1]]]);
	});
});

describe('submitOnce', () => {
	it('pays once for equal documents; the first starts the run and the others use it', async () => {
		const { given, submit } = submission({});
		const submitted = await all(submitOnce(documents, submit));
		expect(given).toEqual([0, 1]);
		const told = submitted.map((one) => [one.document.itemIndex, one.kind === 'run' && [one.run.kind === 'known' && one.run.run.id, one.isReused]]);
		expect(told).toEqual([
			[1, ['clr_call:b', false]],
			[0, ['clr_call:a', false]],
			[2, ['clr_call:a', true]],
			[3, ['clr_call:a', true]],
		]);
	});

	it('fails all equal documents when their start does not succeed, and no other', async () => {
		const { submit } = submission({ 'call:a': 'failed' });
		const submitted = await all(submitOnce(documents, submit));
		expect(submitted.map(({ kind, document: { itemIndex } }) => [itemIndex, kind])).toEqual([[1, 'run'], [0, 'failed'], [2, 'failed'], [3, 'failed']]);
	});

	it('gives nothing for nothing', async () => {
		expect(await all(submitOnce([], submission({}).submit))).toEqual([]);
	});
});
