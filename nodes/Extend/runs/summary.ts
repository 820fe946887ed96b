import type { ExtendError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { numberAt, objectAt, stringAt } from '../api/json';
import type { Run } from '../api/types';
import type { StatusKind } from './status';
import { kindOf } from './status';

/** What an item came to, as far as a summary counts it. */
export type Result =
	| { kind: 'run'; run: Run; needsReview: boolean }
	| { kind: 'withoutDocument' }
	| { kind: 'failed'; error: ExtendError };

/** What an item stands for: a document to send, or a run that exists. */
export type Subject = 'document' | 'run';

/** A line above the output; a warning where anything failed. */
export interface Summary {
	message: string;
	type: 'info' | 'warning';
}

/** Kinds that are named before the rest is only counted. */
const MAX_NAMED = 5;
/** Reasons that are quoted before the rest is only counted. */
const MAX_REASONS = 2;
/** Names in a row; more would fill the screen. */
const MAX_IN_ROW = 10;

type Counts = Map<string, number>;

function countBy(names: string[]): Counts {
	const counts: Counts = new Map();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}

/** "A 3, B 1" with the most frequent first; the number is left out where there is only one kind. */
export function describeCounts(names: string[], maxNamed = MAX_NAMED): string {
	const counts = [...countBy(names)].sort(([, one], [, other]) => other - one);
	if (counts.length === 1) return counts[0]?.[0] ?? '';
	const named = counts.slice(0, maxNamed).map(([name, count]) => `${name} ${count}`);
	return [...named, ...(counts.length > maxNamed ? [`${counts.length - maxNamed} more`] : [])].join(', ');
}

/** "A, B and 3 more" */
export function nameSome(names: readonly string[]): string {
	const rest = names.length > MAX_IN_ROW ? ` and ${names.length - MAX_IN_ROW} more` : '';
	return `${names.slice(0, MAX_IN_ROW).join(', ')}${rest}`;
}

/** What Extend charged; undefined where it has not said so. */
export function creditsOf(run: JsonObject): number | undefined {
	const usage = objectAt(run, 'usage');
	return numberAt(usage, 'totalCredits') ?? numberAt(usage, 'credits');
}

/** Credits of all runs, each counted once; undefined where Extend has charged for none yet. */
function describeCredits(runs: Run[]): string | undefined {
	const creditsById = new Map(runs.map(({ id, json }) => [id, creditsOf(json)]));
	const known = [...creditsById.values()].filter((credits) => credits !== undefined);
	if (known.length === 0) return undefined;
	// A fraction of a credit must not show the traces of binary addition.
	const total = Number(known.reduce((sum, credits) => sum + credits, 0).toFixed(4));
	return `${total} ${total === 1 ? 'credit' : 'credits'} used`;
}

/** "2 runs failed", "1 run failed"; the first form is for one. */
function count(number: number, one: string, many: string): string {
	return `${number} ${number === 1 ? one : many}`;
}

/** "2 runs failed (A 1, B 1)"; undefined for none. */
function part(details: string[], one: string, many = one): string | undefined {
	return details.length === 0 ? undefined : `${count(details.length, one, many)} (${describeCounts(details)})`;
}

/** "3 processed: 2 invoice, 1 contract"; undefined for none. */
function describeProcessed(runs: Run[]): string | undefined {
	if (runs.length === 0) return undefined;
	const categories = runs.map(({ json }) => stringAt(objectAt(json, 'output'), 'id')).filter((category) => category !== undefined);
	const counts = [...countBy(categories)].sort(([, first], [, second]) => second - first);
	if (counts.length === 0) return `${runs.length} processed`;
	if (runs.length === 1) return `1 processed: ${categories.join()}`;
	const named = counts.slice(0, MAX_NAMED).map(([category, number]) => `${number} ${category}`);
	const rest = counts.slice(MAX_NAMED).reduce((sum, [, number]) => sum + number, 0);
	return `${runs.length} processed: ${[...named, ...(rest > 0 ? [`${rest} in other categories`] : [])].join(', ')}`;
}

/** What became of an item that failed: of its run, where there is one, else of its document. */
type Fate = 'failed' | 'cancelled' | 'noResult' | 'unknown' | 'refused' | 'notSent';

function fateOf({ facts }: ExtendError, subject: Subject): Fate {
	if (facts.code === 'RUN_FAILED') return facts.runStatus === 'CANCELLED' ? 'cancelled' : 'failed';
	const isAboutRun = subject === 'run' || facts.runId !== undefined || facts.batchId !== undefined;
	if (isAboutRun) return 'noResult';
	if (facts.code === 'OUTCOME_UNKNOWN') return 'unknown';
	return typeof facts.status === 'number' ? 'refused' : 'notSent';
}

/** Distinct reasons, in the words of their messages: "A; B and 3 more". */
function describeReasons(errors: ExtendError[]): string {
	const messages = [...new Set(errors.map(({ message }) => message))];
	const rest = messages.length > MAX_REASONS ? ` and ${messages.length - MAX_REASONS} more` : '';
	return `${messages.slice(0, MAX_REASONS).join('; ')}${rest}`;
}

/** One cause that fails every item, such as a wrong setting, is said once: how often it did adds nothing. */
function commonError(results: Result[]): ExtendError | undefined {
	const errors = results.map((result) => (result.kind === 'failed' ? result.error : undefined));
	const [first] = errors;
	return errors.every((error) => error?.message === first?.message) ? first : undefined;
}

function describeFailed(failed: ExtendError[], subject: Subject): Array<string | undefined> {
	const having = (fate: Fate): ExtendError[] => failed.filter((error) => fateOf(error, subject) === fate);
	const codes = (fate: Fate): string[] => having(fate).map(({ facts }) => facts.code);
	const notSent = having('notSent');
	return [
		part(codes('noResult'), 'run without a result', 'runs without a result'),
		part(codes('unknown'), 'document may have been started', 'documents may have been started'),
		part(codes('refused'), 'document was refused by Extend', 'documents were refused by Extend'),
		notSent.length === 0 ? undefined : `${count(notSent.length, 'document was', 'documents were')} not sent (${describeReasons(notSent)})`,
	];
}

/** One line about all items of a node: how many of each kind, and what it cost. Undefined for no item. */
export function summarize(results: Result[], subject: Subject): Summary | undefined {
	if (results.length === 0) return undefined;
	const common = commonError(results);
	if (common !== undefined) return { message: `${common.message}. ${common.advice}`, type: 'warning' };
	const ended = results.filter((result) => result.kind === 'run');
	const runs = ended.map(({ run }) => run);
	const errors = results.filter((result) => result.kind === 'failed').map(({ error }) => error);
	const ofKind = (kind: StatusKind): Run[] => runs.filter((run) => kindOf(run) === kind);
	const errorsOf = (fate: Fate): ExtendError[] => errors.filter((error) => fateOf(error, subject) === fate);
	const reasons = [...ofKind('failed').map(({ json }) => stringAt(json, 'failureReason')), ...errorsOf('failed').map(({ facts }) => facts.failureReason)];
	const cancelled = ofKind('cancelled').length + errorsOf('cancelled').length;
	const others = ofKind('other');
	const numbers: Array<[number, string, string]> = [
		[cancelled, 'run cancelled', 'runs cancelled'],
		[ofKind('unfinished').length, 'run unfinished', 'runs unfinished'],
		[results.filter(({ kind }) => kind === 'withoutDocument').length, 'item without a document', 'items without a document'],
	];
	const parts = [
		describeProcessed(ofKind('processed')),
		...countsOf([[ended.filter(({ needsReview }) => needsReview).length, 'needs review', 'need review']]),
		part(reasons.map((reason) => reason ?? 'no reason given'), 'run failed', 'runs failed'),
		part(others.map(({ status }) => status), 'run with an unknown status', 'runs with an unknown status'),
		...countsOf(numbers),
		...describeFailed(errors, subject),
		describeCredits(runs),
	];
	const hasFailed = reasons.length > 0 || errors.length > 0;
	return { message: parts.filter((text) => text !== undefined).join(' · '), type: hasFailed ? 'warning' : 'info' };
}

function countsOf(numbers: Array<[number, string, string]>): string[] {
	return numbers.filter(([number]) => number > 0).map(([number, one, many]) => count(number, one, many));
}
