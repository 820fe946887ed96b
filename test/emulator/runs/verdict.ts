import type { Extend } from 'extend-ai';
import { classifyByKeywords, outputOf } from '../keywords/classify';
import type { EmulatorOptions } from '../options';
import { outcomeFromMetadata, outcomeFromText, type Outcome, type RunInput } from './outcome';

/** How a run ends, decided as soon as its content is known and shown once its time has come. */
export interface Verdict {
	status: string;
	/** Fields of the final run that differ from those of an unfinished one. */
	final: Record<string, unknown>;
	/** From create to the final status. */
	runMs: number;
}

export interface Case {
	input: RunInput;
	config: Extend.ClassifyConfig;
	/** Why the file cannot be processed. */
	obstacle?: string;
}

/** Decides a run: what the options' hook, the metadata or the document ask for, else keywords. */
export function decide(subject: Case, options: EmulatorOptions): Verdict {
	const { input, obstacle } = subject;
	const wish: Outcome = {
		...outcomeFromText(input.text),
		...outcomeFromMetadata(input.metadata),
		...options.outcome?.(input),
	};
	const { status, failureReason, failureMessage, category, confidence, runMs, ...extra } = wish;
	const isBlocked = obstacle !== undefined && status === undefined && !failureReason;
	const reason = isBlocked ? 'FAILED_TO_PROCESS_FILE' : failureReason;
	const ending = status ?? (reason ? 'FAILED' : 'PROCESSED');
	const total = runMs ?? plannedMs(input, options);
	if (ending === 'PROCESSED') {
		const output = findOutput(subject, category, confidence);
		return { status: ending, runMs: total, final: { output, ...extra, ...reviewOf(wish, subject, output) } };
	}
	const failure = ending === 'FAILED' ? describeFailure(reason, failureMessage, obstacle) : wishedFailure(wish);
	return { status: ending, runMs: total, final: { ...extra, ...failure } };
}

/** Milliseconds from create to the end, by the options. */
export function plannedMs(input: RunInput, { runMs }: EmulatorOptions): number {
	return typeof runMs === 'number' ? runMs : runMs(input);
}

function findOutput({ input, config }: Case, category?: string, confidence?: number): Extend.ClassifyOutput {
	const found = classifyByKeywords(input.text, config.classifications);
	if (category === undefined) return { ...found, confidence: confidence ?? found.confidence };
	const wanted = config.classifications.find(({ id }) => id === category) ?? { id: category, type: category };
	return outputOf(wanted, confidence ?? 0.95, `${category} was asked for.`);
}

/** The fields of a reviewed run: `output` is what the person chose, `initialOutput` what was found before. */
function reviewOf(wish: Outcome, subject: Case, output: Extend.ClassifyOutput): Record<string, unknown> {
	if (wish.reviewed !== true) return {};
	const initialOutput = wish.initialOutput ?? findOutput(subject);
	const reviewedOutput = wish.reviewedOutput ?? { ...output, insights: [] };
	const edited = wish.edited ?? initialOutput.id !== reviewedOutput.id;
	return { output: wish.output ?? reviewedOutput, initialOutput, reviewedOutput, edited };
}

function describeFailure(reason?: string | null, message?: string | null, obstacle?: string): Record<string, unknown> {
	return {
		failureReason: reason === undefined ? 'INTERNAL_ERROR' : reason,
		failureMessage: message ?? obstacle ?? 'The stand-in was told to let this run fail.',
	};
}

/** For statuses other than FAILED, which normally come without a reason. */
function wishedFailure({ failureReason, failureMessage }: Outcome): Record<string, unknown> {
	return { failureReason: failureReason ?? null, failureMessage: failureMessage ?? null };
}
