import type { IDataObject } from 'n8n-workflow';

export type RouteBy = 'status' | 'failureReason' | 'confidence' | 'category';
/** The outputs by which a run leaves; each with its name, by category that of a fixed output or "→ <category>". */
type Outputs = Record<RouteBy, string>;
/** A run as Extend may answer it, beside what the public interface says of it. */
export interface RoutingCase extends Outputs {
	name: string;
	run: IDataObject;
}

/** The fixed outputs of each value of routeBy, in the order of the public interface. */
export const FIXED_OUTPUTS: Record<RouteBy, string[]> = {
	status: ['Processed', 'Failed', 'Cancelled', 'Unfinished'],
	failureReason: ['Processed', 'Bad File', 'Bad Config', 'No Credits', 'Extend Error', 'Cancelled', 'Other Error', 'Unfinished'],
	confidence: ['Classified', 'Review', 'No Result'],
	category: ['Other', 'Review', 'No Result'],
};
export const MODES = Object.keys(FIXED_OUTPUTS) as RouteBy[];

/** The categories with an output of their own in all cases; one is called like a fixed output, one is a catch-all. */
export const ROUTES = ['invoice', 'Other', 'misc'];

export const reasonOutputs: Record<string, string> = {
	FAILED_TO_PROCESS_FILE: 'Bad File',
	PRE_PROCESSING_FAILURE: 'Bad File',
	UNABLE_TO_DOWNLOAD_FILE: 'Bad File',
	FILE_TYPE_NOT_SUPPORTED: 'Bad File',
	FILE_SIZE_TOO_LARGE: 'Bad File',
	CORRUPT_FILE: 'Bad File',
	PASSWORD_PROTECTED_FILE: 'Bad File',
	INVALID_CONFIG_OPTIONS: 'Bad Config',
	INVALID_PROCESSOR: 'Bad Config',
	INVALID_CONFIGURATION: 'Bad Config',
	OUT_OF_CREDITS: 'No Credits',
	INTERNAL_ERROR: 'Extend Error',
	PARSING_ERROR: 'Extend Error',
	POST_PROCESSING_FAILURE: 'Extend Error',
	ABORTED: 'Cancelled',
};

const NO_RESULT = { confidence: 'No Result', category: 'No Result' };
const UNFINISHED = { ...NO_RESULT, status: 'Unfinished', failureReason: 'Unfinished' };
const CANCELLED = { ...NO_RESULT, status: 'Cancelled', failureReason: 'Cancelled' };
const OTHER_ERROR = { ...NO_RESULT, status: 'Failed', failureReason: 'Other Error' };
const PROCESSED = { status: 'Processed', failureReason: 'Processed' };
const NO_OUTPUT = { ...PROCESSED, ...NO_RESULT };
const DOUBTFUL = { ...PROCESSED, confidence: 'Review', category: 'Review' };
const GOOD = { ...PROCESSED, confidence: 'Classified', category: '→ invoice' };
const UNROUTED = { ...GOOD, category: 'Other' };

const output = (more: IDataObject = {}) => ({ id: 'invoice', type: 'invoice', confidence: 0.9, insights: [], ...more });
const processed = (more: IDataObject = {}, run: IDataObject = {}): IDataObject => ({ status: 'PROCESSED', output: output(more), ...run });
const failed = (failureReason: unknown, run: IDataObject = {}) => ({ status: 'FAILED', failureReason, ...run }) as IDataObject;

function cases(leaveBy: Outputs, runs: Record<string, IDataObject>): RoutingCase[] {
	return Object.entries(runs).map(([name, run]) => ({ name, run, ...leaveBy }));
}

/** Runs that are final. */
export const ENDED: RoutingCase[] = [
	...cases(GOOD, {
		'status PROCESSED': processed(),
		'a confidence equal to minimumConfidence': processed({ confidence: 0.8 }),
		'a confidence of 1': processed({ confidence: 1 }),
		'a confidence above 1': processed({ confidence: 1.5 }),
		'a low confidence, reviewed by a person': processed({ confidence: 0.1 }, { reviewed: true }),
		'a missing confidence, reviewed by a person': processed({ confidence: null }, { reviewed: true }),
		'a confidence that is a text, reviewed by a person': processed({ confidence: '0.1' }, { reviewed: true }),
		'a category whose type is another word': processed({ type: 'bill' }),
		'status PROCESSED, with a failureReason left in it': processed({}, { failureReason: 'OUT_OF_CREDITS' }),
	}),
	...cases(DOUBTFUL, {
		'a confidence just below minimumConfidence': processed({ confidence: 0.7999999 }),
		'a confidence of 0': processed({ confidence: 0 }),
		'a negative confidence': processed({ confidence: -0.9 }),
		'a confidence that is null': processed({ confidence: null }),
		'no confidence at all': { status: 'PROCESSED', output: { id: 'invoice', type: 'invoice' } },
		'a confidence that is the text 0.9': processed({ confidence: '0.9' }),
		'a confidence that is a list': processed({ confidence: [0.9] }),
		'a low confidence, reviewed: false': processed({ confidence: 0.1 }, { reviewed: false, edited: true }),
		'a low confidence, reviewed: null': processed({ confidence: 0.1 }, { reviewed: null }),
		'a low confidence, reviewed: the text true': processed({ confidence: 0.1 }, { reviewed: 'true' }),
		'a low confidence of a category without a route': processed({ id: 'contract', confidence: 0.1 }),
		'a low confidence of type other': processed({ id: 'other', type: 'other', confidence: 0.1 }),
	}),
	...cases(UNROUTED, {
		'a category that no route names': processed({ id: 'contract', type: 'contract' }),
		'a category without a route, of a type that has one': processed({ id: 'contract', type: 'invoice' }),
		'type other without a route': processed({ id: 'other', type: 'other' }),
		'a category in other letters than its route': processed({ id: 'INVOICE' }),
		'a category called Review without a route': processed({ id: 'Review' }),
		'a category called No Result without a route': processed({ id: 'No Result' }),
		'a category called __proto__ without a route': processed({ id: '__proto__' }),
		'a category called constructor without a route': processed({ id: 'constructor' }),
	}),
	...cases({ ...GOOD, category: '→ misc' }, { 'type other with a route of its own': processed({ id: 'misc', type: 'other' }) }),
	...cases({ ...GOOD, category: '→ Other' }, { 'a category called Other with a route of its own': processed({ id: 'Other' }) }),
	...cases(NO_OUTPUT, {
		'status PROCESSED, without an output': processed({}, { output: null }),
		'status PROCESSED, with an output without a category': processed({ id: null }),
		'status PROCESSED, with an output that is a text': processed({}, { output: 'invoice' }),
		'status PROCESSED, reviewed, without an output': processed({}, { output: null, reviewed: true }),
	}),
	...Object.entries(reasonOutputs).flatMap(([reason, failureReason]) =>
		cases({ ...NO_RESULT, status: 'Failed', failureReason }, { [`status FAILED, failureReason ${reason}`]: failed(reason) }),
	),
	...cases(OTHER_ERROR, {
		'status FAILED, failureReason not known yet': failed('SOMETHING_NEW'),
		'status FAILED, failureReason null': failed(null),
		'status FAILED, failureReason empty': failed(''),
		'status FAILED, failureReason that is a number': failed(7),
		'status FAILED, failureReason toString': failed('toString'),
		'status FAILED, failureReason in small letters': failed('out_of_credits'),
		'status FAILED, with an output all the same': failed('NEW', { output: output() }),
		'status FAILED, reviewed, with an output': failed(null, { output: output(), reviewed: true }),
		'a final status not known yet': { status: 'EXPIRED' },
		'a final status not known yet, with a known failureReason': { status: 'EXPIRED', failureReason: 'OUT_OF_CREDITS' },
		'a final status not known yet, with an output': { status: 'REVIEWED', output: output(), reviewed: true },
		'a known status in small letters': { status: 'processed', output: output() },
	}),
	...cases(CANCELLED, {
		'status CANCELLED': { status: 'CANCELLED' },
		'status CANCELLED, failureReason ABORTED': { status: 'CANCELLED', failureReason: 'ABORTED' },
		'status CANCELLED, with another failureReason': { status: 'CANCELLED', failureReason: 'OUT_OF_CREDITS' },
		'status CANCELLED, with an output': { status: 'CANCELLED', output: output() },
	}),
];

/** Runs that are still open. */
export const OPEN: RoutingCase[] = cases(UNFINISHED, {
	'status PENDING': { status: 'PENDING' },
	'status PROCESSING': { status: 'PROCESSING' },
	'status CANCELLING': { status: 'CANCELLING' },
	'status PROCESSING, with an output already': { status: 'PROCESSING', output: output() },
	'status CANCELLING, with a failureReason': { status: 'CANCELLING', failureReason: 'ABORTED' },
});
