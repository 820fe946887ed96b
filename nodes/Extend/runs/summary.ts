import type { JsonObject } from '../api/json';
import { numberAt, objectAt, stringAt } from '../api/json';
import type { Run } from '../api/types';
import type { StatusKind } from './status';
import { kindOf } from './status';

/** What an item came to, as far as a summary counts it. */
export type Result =
	| { kind: 'run'; run: Run; needsReview: boolean }
	| { kind: 'withoutDocument' }
	| { kind: 'failed'; code: string };

/** Kinds that are named before the rest is only counted. */
const MAX_NAMED = 5;
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

/** "3 failed (A 2, B 1)"; undefined for none. */
function part(count: number, what: string, details: string[] = []): string | undefined {
	if (count === 0) return undefined;
	return details.length === 0 ? `${count} ${what}` : `${count} ${what} (${describeCounts(details)})`;
}

/**
 * One line about all items of a node: how many of each kind, and what it cost. Undefined where it would only repeat
 * what is seen anyway: for no item, and for a single run that went well.
 */
export function summarize(results: Result[]): string | undefined {
	const ended = results.filter((result) => result.kind === 'run');
	const runs = ended.map(({ run }) => run);
	const ofKind = (kind: StatusKind): Run[] => runs.filter((run) => kindOf(run) === kind);
	const processed = ofKind('processed').length;
	const toReview = ended.filter(({ needsReview }) => needsReview).length;
	if (results.length === 0 || (results.length === 1 && processed === 1 && toReview === 0)) return undefined;
	const failed = ofKind('failed');
	const others = ofKind('other');
	const lost = results.filter((result) => result.kind === 'failed');
	const parts = [
		part(processed, 'processed'),
		part(toReview, toReview === 1 ? 'needs review' : 'need review'),
		part(failed.length, 'failed', failed.map(({ json }) => stringAt(json, 'failureReason') ?? 'no reason given')),
		part(ofKind('cancelled').length, 'cancelled'),
		part(others.length, 'ended otherwise', others.map(({ status }) => status)),
		part(ofKind('unfinished').length, 'unfinished'),
		part(results.filter(({ kind }) => kind === 'withoutDocument').length, 'passed on without a document'),
		part(lost.length, 'did not succeed', lost.map(({ code }) => code)),
		describeCredits(runs),
	];
	return parts.filter((text) => text !== undefined).join(' · ');
}
