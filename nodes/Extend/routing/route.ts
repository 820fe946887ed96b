import type { ExtendError } from '../api/errors';
import { booleanAt, lookUp, numberAt, objectAt, stringAt } from '../api/json';
import type { ReasonOutput } from '../api/reasons';
import { REASONS } from '../api/reasons';
import type { Run } from '../api/types';
import type { StatusKind } from '../runs/status';
import { kindOf } from '../runs/status';
import type { FixedOutput, StatusOutput } from './outputs';

export type RouteBy = 'none' | 'status' | 'failureReason' | 'confidence' | 'category';

/** What items are told apart by. */
export interface Routing {
	by: RouteBy;
	/** Those with an output of their own. */
	categories: ReadonlySet<string>;
}

/** Where an item leaves; `whole` is the one output of a node that does not route. */
export type Route = { kind: 'whole' } | { kind: 'fixed'; output: FixedOutput } | { kind: 'category'; category: string };

/** A status that is not known yet can mean anything but a result. */
const OUTPUT_BY_KIND: Record<StatusKind, StatusOutput> = {
	unfinished: 'Unfinished',
	processed: 'Processed',
	failed: 'Failed',
	cancelled: 'Cancelled',
	other: 'Failed',
};

/** What a refusal without a known code says about the document. */
const OUTPUT_BY_REFUSAL: Record<number, ReasonOutput> = { 402: 'No Credits', 413: 'Bad File', 415: 'Bad File' };

/** The outputs for documents that Extend refuses before there is a run. */
const REFUSAL_OUTPUTS = new Set<ReasonOutput>(['Bad File', 'Bad Config', 'No Credits']);

function byStatus(run: Run | undefined): StatusOutput {
	return OUTPUT_BY_KIND[run === undefined ? 'unfinished' : kindOf(run)];
}

/** The reason counts for a run that FAILED only: a status not known yet can mean anything by it. */
function byReason(run: Run | undefined): FixedOutput {
	const output = byStatus(run);
	if (run === undefined || output !== 'Failed') return output;
	const reason = kindOf(run) === 'failed' ? stringAt(run.json, 'failureReason') : undefined;
	return lookUp(REASONS, reason)?.output ?? 'Other Error';
}

/** The code of a refusal counts first. A 400 of an upload is about the file: an upload holds nothing else. */
function byRefusal({ facts: { refusedAt, code, status } }: ExtendError): FixedOutput {
	if (refusedAt === undefined) return 'Other Error';
	const byCode = lookUp(REASONS, code)?.output;
	if (byCode !== undefined) return REFUSAL_OUTPUTS.has(byCode) ? byCode : 'Other Error';
	if (refusedAt === 'upload' && status === 400) return 'Bad File';
	return lookUp(OUTPUT_BY_REFUSAL, String(status)) ?? 'Other Error';
}

/** The category that Extend or a reviewer found; undefined for a run that is not processed or has no output. */
export function categoryOf(run: Run | undefined): string | undefined {
	const isProcessed = run !== undefined && kindOf(run) === 'processed';
	return isProcessed ? stringAt(objectAt(run.json, 'output'), 'id') : undefined;
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
	if (run === undefined || category === undefined) return fixed('No Result');
	const isGateOff = routing.by === 'category' && minimumConfidence === 0;
	if (!isGateOff && isDoubtful(run, minimumConfidence)) return fixed('Review');
	if (routing.by === 'confidence') return fixed('Classified');
	// The outputs are named without blanks at the ends, which an ID at Extend may have.
	const named = category.trim();
	return routing.categories.has(named) ? { kind: 'category', category: named } : fixed('Other');
}

/** The output of an item that failed, for a node that continues. */
export function routeFailed(by: RouteBy, error: ExtendError): Route {
	if (by === 'none') return { kind: 'whole' };
	if (by === 'status') return fixed('Failed');
	return fixed(by === 'failureReason' ? byRefusal(error) : 'No Result');
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
