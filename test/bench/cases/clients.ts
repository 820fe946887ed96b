import type { Figures } from '../lib/figures';
import { count, fixed, seconds } from '../lib/format';
import type { ClientName } from '../protocol';
import { runTimesMs } from '../workload';
import { atMost, completeness, emptyRow, hold, limitsText, rowOf, type ContestPlan } from './contest';
import type { Case, Check } from './types';

const COMPARED: ClientName[] = ['node', 'sdk', 'loop', 'sequential'];
const LONGEST_RUN_MS = 64_000;
/** What one request of the plan's ten a second takes. */
const REQUEST_MS = 100;
/** Half of a run that is looked at every two seconds passes unseen on average. */
const SEQUENTIAL_EXTRA_MS = 1_000;
/** For a computer that has other work too. */
const RETRY_TIMEOUT_MS = 60_000;
/** From so many documents on a client without limits keeps a computer busy. */
const MANY = 500;

const HARDSHIPS = {
	starts: 'One start that is refused holds up all others for the second or more that Extend asks for, which alone is a tenth of the time for 100 documents.',
	lateness:
		'Runs that are started at 9.1 a second, as the time for all starts demands, also finish at about that rate and leave less than one request a second for looks at the list; ' +
		'a run then waits about half a second for the next look and as long for its turn to be read. Slower starts would shorten that.',
};

const twoDecimals = (value: number): string => fixed(value, 2);

/** The project's promises for documents under the plan's limits, by their number. */
const TARGETS: Record<number, (figures: Figures, subject: string) => Check[]> = {
	100: (figures, subject) => [
		...commonChecks(figures, subject, 100),
		atMost(subject, 'GETs a document', [figures.getsPerDocument, 2.5], twoDecimals),
		atMost(subject, 'lateness mean', [figures.latenessMs.mean, 600], seconds),
		atMost(subject, 'lateness p95', [figures.latenessMs.p95, 1_500], seconds),
	],
	1_000: (figures, subject) => [
		...commonChecks(figures, subject, 1_000),
		atMost(subject, 'GETs a document', [figures.getsPerDocument, 1.3], twoDecimals),
		{ ...atMost(subject, 'lateness mean, ideal reader + 0.6 s', [figures.latenessMs.mean, figures.idealLatenessMs.mean + 600], seconds), hardship: HARDSHIPS.lateness },
	],
};

function commonChecks(figures: Figures, subject: string, documents: number): Check[] {
	return [
		...completeness(subject, documents, figures),
		{ ...atMost(subject, 'all starts within 1.1 ×', [figures.startedWithinMs, 1.1 * REQUEST_MS * documents], seconds), hardship: HARDSHIPS.starts },
		atMost(subject, 'wall ÷ last finish', [figures.wallShare, 1.05], (value) => fixed(value, 3)),
	];
}

export interface ClientCasesOptions {
	/** Numbers of documents with the plan's limits, and without. */
	limited: readonly number[];
	free: readonly number[];
	seed: number;
	/** What takes longer is not run. */
	boundMs: number;
}

/** Every client with every number of documents, with and without limits. */
export function clientCases({ limited, free, seed, boundMs }: ClientCasesOptions): Case[] {
	const casesOf = (numbers: readonly number[], isLimited: boolean): Case[] =>
		numbers.flatMap((documents) => COMPARED.map((client) => caseOf({ client, documents, isLimited }, { seed, boundMs })));
	return [...casesOf(limited, true), ...casesOf(free, false)];
}

function caseOf(unbound: Omit<ContestPlan, 'boundMs'>, { seed, boundMs }: { seed: number; boundMs: number }): Case {
	const { client, documents, isLimited } = unbound;
	const expectedMs = expect(unbound, seed);
	const plan = { ...unbound, boundMs: 2 * expectedMs + RETRY_TIMEOUT_MS };
	const subject = `${count(documents)} documents, limits ${limitsText(plan)}`;
	return {
		id: `clients:${client}:${documents}:${isLimited ? 'limited' : 'free'}`,
		section: 'clients',
		isHeavy: !isLimited && documents >= MANY && client !== 'node' && client !== 'sequential',
		expectedMs: Math.min(expectedMs, boundMs),
		failedRow: (reason) => emptyRow(plan, reason),
		run: async (context) => {
			if (expectedMs > boundMs) {
				return { rows: [emptyRow(plan, `not run, would take ${Math.round(expectedMs / 60_000)} minutes`)], checks: [] };
			}
			const figures = await hold(context, plan);
			const checks = client === 'node' && isLimited ? TARGETS[documents]?.(figures, subject) : undefined;
			const notes = figures.messages.map((message) => `${subject}, ${client}: ${message.split('\n').slice(0, 2).join(', ')}`);
			return { rows: [rowOf(plan, figures)], checks: checks ?? [], notes };
		},
	};
}

/** Roughly how long a client takes. */
function expect({ client, documents, isLimited }: Omit<ContestPlan, 'boundMs'>, seed: number): number {
	const times = runTimesMs(documents, seed);
	if (client === 'sequential') return times.reduce((sum, ms) => sum + ms + SEQUENTIAL_EXTRA_MS, 0);
	const rounds = client === 'loop' && isLimited ? 4 : 1;
	return rounds * documents * REQUEST_MS + Math.min(LONGEST_RUN_MS, Math.max(...times));
}
