import type { Prepared } from '../lib/prepare';

/** A promise of the project, and whether it is kept. */
export interface Check {
	/** What was done. */
	subject: string;
	target: string;
	measured: string;
	isMet: boolean;
	/** Why it is hard to meet; shown where it is not met. */
	hardship?: string;
}

export interface Outcome {
	/** Rows of the table of the case's section. */
	rows: string[][];
	checks: Check[];
	/** What is to be said below the table. */
	notes?: string[];
}

export interface BenchContext {
	place: Prepared;
	seed: number;
	/** How many cases that mostly wait run at a time. */
	sideBySide: number;
}

export const SECTIONS = ['clients', 'special', 'uploads', 'package'] as const;
export type Section = (typeof SECTIONS)[number];

/** One or a few processes at work, with what is shown of them. */
export interface Case {
	/** For the flag that picks cases; with the client and the number of documents in it. */
	id: string;
	section: Section;
	/** Whether it keeps the computer busy, so that nothing else may run beside it. */
	isHeavy: boolean;
	/** For the order: what takes long begins first. */
	expectedMs: number;
	run: (context: BenchContext) => Promise<Outcome>;
	/** The row to show when the case did not come to an end. */
	failedRow: (reason: string) => string[];
}
