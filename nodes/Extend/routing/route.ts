import { booleanAt, lookUp, numberAt, objectAt, stringAt } from '../api/json';
import type { Run } from '../api/types';
import { isFinal } from '../runs/status';
import type { FixedOutput, ReasonOutput, StatusOutput } from './outputs';

export type RouteBy = 'none' | 'status' | 'failureReason' | 'confidence' | 'category';

/** What items are told apart by. */
export interface Routing {
	by: RouteBy;
	/** Those with an output of their own. */
	categories: ReadonlySet<string>;
}

/** Where an item leaves; `whole` is the one output of a node that does not route. */
export type Route = { kind: 'whole' } | { kind: 'fixed'; output: FixedOutput } | { kind: 'category'; category: string };

const OUTPUT_BY_STATUS: Record<string, StatusOutput> = { PROCESSED: 'Processed', CANCELLED: 'Cancelled' };

/** @see https://docs.extend.ai/2026-02-09/api-reference `failureReason` of classify_run, an open set */
const OUTPUT_BY_REASON: Record<string, ReasonOutput> = {
	FAILED_TO_PROCESS_FILE: 'Document Rejected',
	PRE_PROCESSING_FAILURE: 'Document Rejected',
	INVALID_PROCESSOR: 'Configuration Invalid',
	INVALID_CONFIGURATION: 'Configuration Invalid',
	OUT_OF_CREDITS: 'Out of Credits',
	INTERNAL_ERROR: 'Extend Fault',
	PARSING_ERROR: 'Extend Fault',
	POST_PROCESSING_FAILURE: 'Extend Fault',
	ABORTED: 'Cancelled',
};

function byStatus(run: Run | undefined): StatusOutput {
	if (run === undefined || !isFinal(run)) return 'Unfinished';
	return lookUp(OUTPUT_BY_STATUS, run.status) ?? 'Failed';
}

/** The reason counts for a run that FAILED only: a status not known yet can mean anything by it. */
function byReason(run: Run | undefined): ReasonOutput {
	const output = byStatus(run);
	if (output !== 'Failed') return output;
	const reason = run?.status === 'FAILED' ? stringAt(run.json, 'failureReason') : undefined;
	return lookUp(OUTPUT_BY_REASON, reason) ?? 'Other Failure';
}

/** The category that Extend or a reviewer found; undefined for a run that is not processed or has no output. */
export function categoryOf(run: Run | undefined): string | undefined {
	return run?.status === 'PROCESSED' ? stringAt(objectAt(run.json, 'output'), 'id') : undefined;
}

/** Whether nobody has looked at the result and its confidence is missing or lower. */
function isDoubtful({ json }: Run, minimumConfidence: number): boolean {
	if (booleanAt(json, 'reviewed') === true) return false;
	const confidence = numberAt(objectAt(json, 'output'), 'confidence');
	return confidence === undefined || confidence < minimumConfidence;
}

function fixed(output: FixedOutput): Route {
	return { kind: 'fixed', output };
}

/**
 * By which output a run leaves.
 * @param run undefined for an item that was passed on without a document
 * @param minimumConfidence from 0 to 1; a confidence equal to it passes. 0 lets every category through, also without a confidence
 */
export function routeRun(run: Run | undefined, routing: Routing, minimumConfidence: number): Route {
	if (routing.by === 'none') return { kind: 'whole' };
	if (routing.by === 'status') return fixed(byStatus(run));
	if (routing.by === 'failureReason') return fixed(byReason(run));
	const category = categoryOf(run);
	if (run === undefined || category === undefined) return fixed('Not Classified');
	const isGateOff = routing.by === 'category' && minimumConfidence === 0;
	if (!isGateOff && isDoubtful(run, minimumConfidence)) return fixed('Needs Review');
	if (routing.by === 'confidence') return fixed('Classified');
	// The outputs are named without blanks at the ends, which an ID at Extend may have.
	const named = category.trim();
	return routing.categories.has(named) ? { kind: 'category', category: named } : fixed('Other');
}

/** By which output an item leaves that did not succeed, where the node goes on all the same. */
export function routeFailed(by: RouteBy): Route {
	if (by === 'none') return { kind: 'whole' };
	if (by === 'status') return fixed('Failed');
	return fixed(by === 'failureReason' ? 'Other Failure' : 'Not Classified');
}

/**
 * The number of a route's output.
 * @param names of the node's outputs in their order; one or none means that everything leaves by the first
 */
export function outputIndex(route: Route, names: string[]): number {
	if (route.kind === 'whole' || names.length <= 1) return 0;
	// A category can have the name of a fixed output; those come first.
	const index = route.kind === 'fixed' ? names.indexOf(route.output) : names.lastIndexOf(route.category);
	return Math.max(0, index);
}
