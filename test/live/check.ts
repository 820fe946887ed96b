import { BoundReached } from './lab/budget';
import type { Lab } from './lab/lab';
import { Stopped } from './lab/stopping';
import { NotAskable, type Finding, type Facts, type Question } from './question';

/** A question with its number within its topic, for instance `runs 2`. */
export interface Numbered {
	number: string;
	question: Question;
}

export interface Difference {
	fact: string;
	standIn: string;
	live: string;
}

export type Result = Numbered &
	({ kind: 'answered'; finding: Finding; differences: Difference[] } | { kind: 'notAsked' | 'unanswered' | 'overBound' | 'stopped'; why: string });

export function numberQuestions(topics: Record<string, Question[]>): Numbered[] {
	return Object.entries(topics).flatMap(([topic, questions]) =>
		questions.map((question, index) => ({ number: `${topic} ${index + 1}`, question })),
	);
}

/** Facts that are not the same on both sides. A fact that one side does not have did not occur there. */
export function compareFacts(standIn: Facts, live: Facts): Difference[] {
	const names = [...new Set([...Object.keys(standIn), ...Object.keys(live)])];
	const missing = 'did not occur';
	return names
		.map((fact) => ({ fact, standIn: standIn[fact] ?? missing, live: live[fact] ?? missing }))
		.filter((each) => each.standIn !== each.live);
}

/** Asks one question, and never throws: whatever keeps it from an answer is part of the result. */
export async function askQuestion(numbered: Numbered, beliefs: Facts, lab: Lab): Promise<Result> {
	const { question } = numbered;
	const why = question.obstacle?.(lab);
	if (why !== undefined) return { ...numbered, kind: 'notAsked', why };
	try {
		const finding = await question.ask(lab);
		return { ...numbered, kind: 'answered', finding, differences: compareFacts(beliefs, finding.facts) };
	} catch (error) {
		return { ...numbered, kind: kindOf(error), why: error instanceof Error ? describeCause(error) : String(error) };
	}
}

function kindOf(error: unknown): 'notAsked' | 'unanswered' | 'overBound' | 'stopped' {
	if (error instanceof Stopped) return 'stopped';
	if (error instanceof BoundReached) return 'overBound';
	return error instanceof NotAskable ? 'notAsked' : 'unanswered';
}

/** The HTTP library says "fetch failed" and keeps the reason to itself. */
function describeCause({ message, cause }: Error): string {
	return cause instanceof Error ? `${message}: ${cause.message}` : message;
}

/** Whether everything that could be asked was answered, as the stand-in believes. */
export function isAsBelieved(results: Result[]): boolean {
	return results.every((result) => result.kind === 'notAsked' || (result.kind === 'answered' && result.differences.length === 0));
}

/** Asks all questions in their order, one at a time, and ends early when stopped. */
export async function askAll(
	questions: Numbered[],
	{ lab, beliefs, onResult }: { lab: Lab; beliefs: Record<string, Facts>; onResult: (result: Result) => void },
): Promise<Result[]> {
	const results: Result[] = [];
	for (const numbered of questions) {
		if (lab.http.signal.aborted) break;
		const result = await askQuestion(numbered, beliefs[numbered.question.name] ?? {}, lab);
		results.push(result);
		onResult(result);
	}
	return results;
}
