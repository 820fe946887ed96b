import { objectAt, stringAt } from '../api/json';
import type { Outcome } from '../n8n/items';
import type { NodeExecution } from '../n8n/nodeExecution';
import { describeLikeFixedOutput, describeUnrouted } from '../routing/hints';
import type { Route, Routing } from '../routing/route';
import { categoryOf } from '../routing/route';
import type { Result, Subject } from '../runs/summary';
import { summarize } from '../runs/summary';

export interface RoutedOutcome {
	outcome: Outcome;
	route: Route;
}

/** Says above the output what came of the items, where that is not seen at a glance. */
export function report(execution: NodeExecution, routed: RoutedOutcome[], { subject, routing }: { subject: Subject; routing: Routing }): void {
	const summary = summarize(routed.map(resultOf), subject);
	if (summary !== undefined) execution.hint(summary.message, summary.type);
	const unrouted = describeUnrouted(routed.flatMap(unroutedCategory));
	if (unrouted !== undefined) execution.hint(unrouted);
	const alike = describeLikeFixedOutput(routing.categories);
	if (alike !== undefined) execution.hint(alike, 'warning');
}

function isSentTo(route: Route, output: 'Other' | 'Review'): boolean {
	return route.kind === 'fixed' && route.output === output;
}

function resultOf({ outcome, route }: RoutedOutcome): Result {
	if (outcome.kind === 'failed') return { kind: 'failed', error: outcome.error };
	if (outcome.kind !== 'run') return { kind: 'withoutDocument' };
	return { kind: 'run', run: outcome.run, needsReview: isSentTo(route, 'Review') };
}

/** A category that was sent to Other; the catch-all is there for that, so it needs no mention. */
function unroutedCategory({ outcome, route }: RoutedOutcome): string[] {
	if (outcome.kind !== 'run' || !isSentTo(route, 'Other')) return [];
	const isCatchAll = stringAt(objectAt(outcome.run.json, 'output'), 'type') === 'other';
	return isCatchAll ? [] : [categoryOf(outcome.run) ?? ''];
}
