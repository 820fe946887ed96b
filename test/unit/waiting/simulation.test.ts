/* eslint-disable @n8n/community-nodes/no-restricted-globals -- takes the seed from the environment */
import type { WatchEnd } from '../../../nodes/Extend/waiting/openRun';
import { RunWatcher } from '../../../nodes/Extend/waiting/watcher';
import { VirtualClock } from '../support/virtualClock';
import { World, type WorldOptions } from './world';

/** Set the seed of a run that did not pass to see it again. */
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
const SCHEDULES = 2_000;
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

interface Result {
	ends: WatchEnd[];
	latenessMs: number[];
	runMs: number[];
	requests: number;
	ids: string[];
}

interface Schedule {
	runsMs: number[];
	/** Pause between one start and the next. */
	spacingMs: number;
	world: Omit<WorldOptions, 'random'>;
}

async function simulate(seed: number, { runsMs, spacingMs, world: options }: Schedule): Promise<Result> {
	const random = randomOf(seed);
	const clock = new VirtualClock(undefined, random);
	const world = new World(clock, { random, ...options });
	const watcher = new RunWatcher(clock);
	const latenessMs: number[] = [];
	const ends = await Promise.all(
		runsMs.map(async (runMs, index) => {
			await clock.elapse(index * spacingMs + 1);
			const run = world.add(`clr_${index}`, runMs);
			const end = await watcher.watch({ id: run.id, run, timeoutMs: 24 * HOUR_MS, source: world.source() });
			latenessMs[index] = clock.nowMs() - (world.entries.get(run.id)?.finishMs ?? 0);
			return end;
		}),
	);
	const ids = ends.map((end) => (end.kind === 'final' ? end.run.id : end.kind));
	return { ends, latenessMs, runMs: runsMs, requests: world.gets + world.lists, ids };
}

/** From fractions of a second to an hour, most of them short. */
function randomRuns(random: () => number, most: number): number[] {
	const count = 1 + Math.floor(random() * most);
	return Array.from({ length: count }, () => Math.round(200 * (HOUR_MS / 200) ** (random() ** 2)));
}

/** Requests that looking at one run alone may take: about one a second, then one per tenth of its age. */
function looksFor(runMs: number): number {
	return 14 + 12 * Math.log1p(runMs / (10 * SECOND_MS));
}

function expectAllFound({ ids }: Result): void {
	expect(ids).toEqual(ids.map((_, index) => `clr_${index}`));
}

describe(`RunWatcher in ${SCHEDULES} random schedules (SEED=${SEED})`, () => {
	const seeds = Array.from({ length: SCHEDULES / 10 }, (_, index) => SEED + index * 10);

	it.each(seeds)('finds every run, about a tenth late at most, in few requests (from seed %i)', async (first) => {
		for (let seed = first; seed < first + 5; seed++) {
			const random = randomOf(seed);
			const runsMs = randomRuns(random, 30);
			const result = await simulate(seed, { runsMs, spacingMs: random() * 500, world: { skewMs: (random() - 0.5) * HOUR_MS } });
			expectAllFound(result);
			const tooLate = result.latenessMs.filter((late, index) => late > 0.15 * (runsMs[index] ?? 0) + 3 * SECOND_MS);
			expect({ seed, tooLate }).toEqual({ seed, tooLate: [] });
			const budget = runsMs.reduce((sum, runMs) => sum + looksFor(runMs), 0);
			expect({ seed, isCheap: result.requests <= budget, requests: result.requests, budget }).toMatchObject({ seed, isCheap: true });
		}
	});

	it.each(seeds)('finds every run when the list is noisy, late, incomplete and fails at times (from seed %i)', async (first) => {
		for (let seed = first + 5; seed < first + 10; seed++) {
			const random = randomOf(seed);
			const runsMs = randomRuns(random, 30);
			const world = {
				skewMs: (random() - 0.5) * HOUR_MS,
				listLagMs: random() * 5 * SECOND_MS,
				neighboursPerSecond: random() < 0.5 ? 0 : Math.floor(random() * 60),
				faultShare: random() * 0.3,
				lossShare: random() * 0.3,
				unlistedShare: random() * 0.3,
				pageSize: random() < 0.5 ? 100 : 1_000,
			};
			const result = await simulate(seed, { runsMs, spacingMs: random() * 500, world });
			expectAllFound(result);
			const tooLate = result.latenessMs.filter((late, index) => late > (runsMs[index] ?? 0) + 60 * SECOND_MS);
			expect({ seed, tooLate }).toEqual({ seed, tooLate: [] });
			const budget = 3 * runsMs.reduce((sum, runMs) => sum + looksFor(runMs), 0);
			expect({ seed, isCheap: result.requests <= budget, requests: result.requests, budget }).toMatchObject({ seed, isCheap: true });
		}
	});
});

describe('RunWatcher within ten reads a second', () => {
	/** Log-normal with a median of 8 s and sigma 0.7, at most 64 s. */
	function typicalRuns(count: number, random: () => number): number[] {
		return Array.from({ length: count }, () => {
			const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
			return Math.min(64 * SECOND_MS, 8 * SECOND_MS * Math.exp(0.7 * normal));
		});
	}
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

	it.each([
		{ count: 100, requestsEach: 2.5, latenessMs: 600 },
		{ count: 1_000, requestsEach: 1.3, latenessMs: 2_500 },
	])('reads $count runs with at most $requestsEach requests each', async ({ count, requestsEach, latenessMs }) => {
		const random = randomOf(SEED);
		const result = await simulate(SEED, { runsMs: typicalRuns(count, random), spacingMs: 108, world: {} });
		expectAllFound(result);
		expect(result.requests / count).toBeLessThanOrEqual(requestsEach);
		expect(mean(result.latenessMs)).toBeLessThanOrEqual(latenessMs);
	});

	it('asks for one run of 20 s fewer than 23 times and finds it at most a tenth late', async () => {
		const result = await simulate(SEED, { runsMs: [20 * SECOND_MS], spacingMs: 0, world: {} });
		expect(result.requests).toBeLessThan(23);
		expect(result.latenessMs[0]).toBeLessThanOrEqual(2.2 * SECOND_MS);
	});
});
