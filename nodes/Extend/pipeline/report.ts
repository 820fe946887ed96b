import { objectAt, stringAt } from '../api/json';
import type { Outcome } from '../n8n/items';
import type { NodeExecution } from '../n8n/nodeExecution';
import type { Route } from '../routing/route';
import { categoryOf } from '../routing/route';
import type { Result } from '../runs/summary';
import { summarize } from '../runs/summary';
import { describeUnrouted } from '../starting/startHints';

export interface RoutedOutcome {
	outcome: Outcome;
	route: Route;
}

/** Categories that are named before the rest is only counted. */
const MAX_CATEGORIES = 10;

/** Says above the output what came of the items, where that is not seen at a glance. */
export function report(execution: NodeExecution, routed: RoutedOutcome[]): void {
	const results = routed.map(resultOf);
	const summary = summarize(results);
	if (summary !== undefined) execution.hint(summary);
	const unrouted = describeUnrouted(routed.flatMap(unroutedCategory), MAX_CATEGORIES);
	if (unrouted !== undefined) execution.hint(unrouted);
}

function isSentTo(route: Route, output: 'Other' | 'Review'): boolean {
	return route.kind === 'fixed' && route.output === output;
}

function resultOf({ outcome, route }: RoutedOutcome): Result {
	if (outcome.kind === 'failed') return { kind: 'failed', code: outcome.error.facts.failureReason ?? outcome.error.facts.code };
	if (outcome.kind !== 'run') return { kind: 'withoutDocument' };
	return { kind: 'run', run: outcome.run, needsReview: isSentTo(route, 'Review') };
}

/** A category that was sent to Other; the catch-all is there for that, so it needs no mention. */
function unroutedCategory({ outcome, route }: RoutedOutcome): string[] {
	if (outcome.kind !== 'run' || !isSentTo(route, 'Other')) return [];
	const isCatchAll = stringAt(objectAt(outcome.run.json, 'output'), 'type') === 'other';
	return isCatchAll ? [] : [categoryOf(outcome.run) ?? ''];
}
