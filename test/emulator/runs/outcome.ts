import type { Extend } from 'extend-ai';
import { z } from 'zod';

/** What a run is about, as far as it is known when its outcome is decided. */
export interface RunInput {
	text: string;
	fileName: string | null;
	metadata: Extend.RunMetadata | null;
	fileUrl?: string;
}

/** How a run is to end. Every key not named here is put into the final run as it is. */
export interface Outcome {
	status?: string;
	failureReason?: string | null;
	failureMessage?: string | null;
	/** ID of the category, in place of the one found by keywords. */
	category?: string;
	confidence?: number;
	runMs?: number;
	reviewed?: boolean;
	edited?: boolean;
	initialOutput?: Extend.ClassifyOutput | null;
	reviewedOutput?: Extend.ClassifyOutput | null;
	[field: string]: unknown;
}

const outputSchema = z.object({
	id: z.string(),
	type: z.string(),
	confidence: z.number(),
	insights: z.array(z.object({ type: z.literal('reasoning'), content: z.string() })).default([]),
});

const outcomeSchema = z
	.object({
		status: z.string(),
		failureReason: z.string().nullable(),
		failureMessage: z.string().nullable(),
		category: z.string(),
		confidence: z.number(),
		runMs: z.number().min(0),
		reviewed: z.boolean(),
		edited: z.boolean(),
		initialOutput: outputSchema.nullable(),
		reviewedOutput: outputSchema.nullable(),
	})
	.partial()
	.passthrough();

/**
 * The outcome asked for by the run's metadata key `emulator`.
 * @throws ZodError when it is not an outcome
 */
export function outcomeFromMetadata(metadata: Extend.RunMetadata | null): Outcome {
	return outcomeSchema.parse(metadata?.emulator ?? {}, { path: ['metadata', 'emulator'] });
}

/** The outcome asked for by a line `emulator: {json}` of the text; a line that is not valid fails the run. */
export function outcomeFromText(text: string): Outcome {
	const directive = /^\s*emulator:\s*(\{.*\})\s*$/im.exec(text)?.[1];
	if (directive === undefined) return {};
	try {
		return outcomeSchema.parse(JSON.parse(directive));
	} catch {
		return {
			failureReason: 'INVALID_CONFIGURATION',
			failureMessage: 'The line "emulator: …" of the document is not a valid outcome.',
		};
	}
}
