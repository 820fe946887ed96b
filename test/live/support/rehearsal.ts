import { startEmulator, type Emulator, type EmulatorOptions } from '../../emulator';
import type { Result } from '../check';
import { TEXTS } from '../lab/config';
import type { Summary } from '../report';
import { planQuestions, runSession } from '../session';
import { readFlags } from '../settings';

/** The stand-in as it is believed to be, with the limits of a plan, on a scale that a test can wait for. */
export const AS_BELIEVED: Partial<EmulatorOptions> = {
	rateLimits: { get: 20, write: 20, run: 20 },
	throughput: { filesPerMinute: 8, excess: 'queue', windowMs: 3_000 },
	workspaceIds: ['ws_test'],
	organizationKeys: ['sk_test_organization'],
	pendingMs: 400,
	// Time enough to cancel the one run that is to be cancelled.
	runMs: ({ text }) => (text === TEXTS.deliveryNote ? 10_000 : 500),
};

const QUICK = ['--upload-mb', '1', '--burst', '40', '--throughput', '12', '--poll-ms', '25', '--patience-s', '60'];

export interface Rehearsal {
	summary: Summary;
	/** All that was printed. */
	output: string;
	emulator: Emulator;
}

export interface RehearsalOptions {
	emulator?: Partial<EmulatorOptions>;
	flags?: string[];
	bound?: number;
	connection?: { apiKey: string; workspaceId?: string };
	signal?: AbortSignal;
	onPrint?: (text: string) => void;
}

/** Asks the stand-in, and closes it. */
export async function rehearse(options: RehearsalOptions = {}): Promise<Rehearsal> {
	const { flags = [], signal = new AbortController().signal } = options;
	const emulator = await startEmulator({ ...AS_BELIEVED, ...options.emulator });
	const elsewhere = await startEmulator({ apiKeys: ['sk_test_elsewhere'] });
	const read = readFlags([...QUICK, ...flags]);
	const plan = planQuestions(read);
	const printed: string[] = [];
	try {
		const summary = await runSession({
			connection: { baseUrl: emulator.url, apiKey: emulator.apiKey, ...options.connection },
			settings: { ...read.lab, otherDeployments: [elsewhere.url] },
			questions: plan.questions,
			bound: options.bound ?? plan.credits,
			signal,
			print: (text) => {
				printed.push(text);
				options.onPrint?.(text);
			},
		});
		return { summary, output: printed.join('\n'), emulator };
	} finally {
		await Promise.all([emulator.close(), elsewhere.close()]);
	}
}

/** "priority: a priority of 0: stand-in says taken / live says refused …" for each difference, and what had no answer. */
export function deviations(results: Result[]): string[] {
	return results.flatMap((result) => {
		if (result.kind !== 'answered') return [`${result.question.name} ${result.kind}: ${result.why}`];
		return result.differences.map(({ fact, standIn, live }) => `${result.question.name}: ${fact}: ${standIn} / ${live}`);
	});
}
