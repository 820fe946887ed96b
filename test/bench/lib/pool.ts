import type { BenchContext, Case, Outcome } from '../cases/types';

export interface Finished {
	done: Case;
	outcome: Outcome;
}

/** Runs the cases that need the computer for themselves one by one, then the others side by side; gives all in their order. */
export async function runCases(cases: readonly Case[], context: BenchContext, report: (text: string) => void): Promise<Finished[]> {
	const outcomes = new Map<Case, Outcome>();
	const run = async (next: Case): Promise<void> => {
		const startMs = Date.now();
		outcomes.set(next, await settle(next, context));
		report(`${next.id}: ${Math.round((Date.now() - startMs) / 1_000)} s`);
	};
	for (const heavy of cases.filter(({ isHeavy }) => isHeavy)) await run(heavy);
	const waiting = cases.filter(({ isHeavy }) => !isHeavy).sort((one, other) => other.expectedMs - one.expectedMs);
	const work = async (): Promise<void> => {
		for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await run(next);
	};
	await Promise.all(Array.from({ length: context.sideBySide }, work));
	return cases.flatMap((done) => {
		const outcome = outcomes.get(done);
		return outcome === undefined ? [] : [{ done, outcome }];
	});
}

/** A case that comes to no end is shown as such and does not keep the others from running. */
async function settle(next: Case, context: BenchContext): Promise<Outcome> {
	try {
		return await next.run(context);
	} catch (caught) {
		const reason = caught instanceof Error ? caught.message : String(caught);
		return { rows: [next.failedRow('not finished')], checks: [], notes: [`${next.id}: ${reason}`] };
	}
}
