/* eslint-disable @n8n/community-nodes/no-restricted-globals -- prints figures */
import type { IDataObject } from 'n8n-workflow';
import { FAULT_KINDS } from '../emulator';
import { describeSoak, documentOf, nameOf, soak, type Soak, type SoakPlan } from './soak';

/** Every token of ours has to be on one run only. */
function tokensOf({ runs }: Soak): string[] {
	return runs.map(({ metadata }) => String(metadata?.['n8n:start']));
}

function sorted(numbers: number[]): number[] {
	return [...numbers].sort((one, other) => one - other);
}

/** IDs of the runs that somebody who looks at the output knows of. */
function namedRuns({ succeeded, failed }: Soak): unknown[] {
	return [...succeeded.map(({ json }) => json.id), ...failed.map(({ json }) => (json.details as IDataObject).runId)];
}

/** What has to hold whatever goes wrong, for each of the seeds; they are tried side by side. */
export function describeSoaks(name: string, seeds: number[], plan: SoakPlan): void {
	describe(name, () => {
		const soaks = new Map<number, Soak>();
		const soakOf = (seed: number): Soak => {
			const found = soaks.get(seed);
			if (found === undefined) throw new Error(`Seed ${seed} has no result`);
			return found;
		};

		beforeAll(async () => {
			const all = await Promise.all(seeds.map(async (seed) => await soak(seed, plan)));
			for (const one of all) soaks.set(one.seed, one);
			process.stdout.write(`${name}\n${all.map((one) => `  ${describeSoak(one)}\n`).join('')}`);
			process.stdout.write(`  memory ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB\n`);
		});

		describe.each(seeds)('seed %i', (seed) => {
			it('really had a fifth of all requests faulty, of every common kind', () => {
				const { requests, faults } = soakOf(seed);
				expect(faults.length / requests.length).toBeGreaterThan(0.17);
				expect(faults.length / requests.length).toBeLessThan(0.24);
				const isCommon = (kind: string) => kind !== 'hang' && !kind.startsWith('tooMany');
				expect(new Set(faults.filter(isCommon))).toEqual(new Set(FAULT_KINDS.filter(isCommon)));
			});

			it('gives every document once, paired with its item and in the order of the items', () => {
				const { succeeded, failed } = soakOf(seed);
				const [good, bad] = [succeeded.map(documentOf), failed.map(documentOf)];
				expect(sorted([...good, ...bad])).toEqual(Array.from({ length: plan.documents }, (_, document) => document));
				expect([good, bad]).toEqual([sorted(good), sorted(bad)]);
				expect(succeeded.map(({ json }) => json.fileName)).toEqual(good.map(nameOf));
				expect(new Set(succeeded.map(({ json }) => `${String(json.status)} ${String(json.category)}`))).toEqual(new Set(['PROCESSED invoice']));
			});

			it('starts no run twice', () => {
				const tokens = tokensOf(soakOf(seed));
				expect(tokens).toHaveLength(new Set(tokens).size);
			});

			it('leaves no run that nobody is told of', () => {
				const named = namedRuns(soakOf(seed));
				expect(soakOf(seed).runs.filter(({ id }) => !named.includes(id)).map(({ id }) => id)).toEqual([]);
			});

			it('fails hardly any item, and says what to do about each', () => {
				const { failed } = soakOf(seed);
				expect(failed.length).toBeLessThanOrEqual(plan.documents * plan.mayFail);
				for (const { json } of failed) {
					expect(json).toMatchObject({ error: expect.stringMatching(/\[item \d+\]$/), message: expect.stringMatching(/\.$/), details: { code: expect.any(String) } });
				}
			});
		});
	});
}
