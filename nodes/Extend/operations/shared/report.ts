import { objectAt, stringAt } from '../../api/json';
import type { Outcome } from '../../n8n/items';
import type { NodeExecution } from '../../n8n/nodeExecution';
import type { Route } from '../../routing/route';
import { categoryOf } from '../../routing/route';
import type { Result, Subject } from '../../runs/summary';
import { summarize } from '../../runs/summary';
import { hintUnrouted } from './hints';

export interface RoutedOutcome {
	outcome: Outcome;
	route: Route;
}

/** Says above the output what came out, where that is not seen at a glance. */
export function report(run: NodeExecution, routed: RoutedOutcome[], subject: Subject): void {
	const summary = summarize(routed.map(resultOf), subject);
	if (summary !== undefined) run.hint(summary.message, summary.type);
	hintUnrouted(run, routed.map(unroutedCategory).filter((category) => category !== undefined));
}

function leavesBy(route: Route, output: 'Other' | 'Needs Review'): boolean {
	return route.kind === 'fixed' && route.output === output;
}

function resultOf({ outcome, route }: RoutedOutcome): Result {
	if (outcome.kind === 'failed') return { kind: 'failed', error: outcome.error };
	if (outcome.run === undefined) return { kind: 'withoutDocument' };
	return { kind: 'run', run: outcome.run, needsReview: leavesBy(route, 'Needs Review') };
}

/** A category that left by Other; the catch-all is there for that, so it needs no mention. */
function unroutedCategory({ outcome, route }: RoutedOutcome): string | undefined {
	if (outcome.kind === 'failed' || !leavesBy(route, 'Other')) return undefined;
	const isCatchAll = stringAt(objectAt(outcome.run?.json, 'output'), 'type') === 'other';
	return isCatchAll ? undefined : categoryOf(outcome.run);
}
