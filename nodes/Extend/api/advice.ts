import { lookUp } from './json';

/** What to do about everything Extend can report. New reasons, codes and statuses are one line here. */

export interface Advice {
	/** One sentence for the user. */
	advice: string;
	/** Whether the same request or document can succeed later without any change. */
	retryable: boolean;
}

const ADD_CREDITS = 'Add credits in the Extend dashboard, then run the item again.';
const CHECK_CONFIGURATION =
	'Open the classifier in the Extend dashboard and check its categories and settings, or those given in this node.';

/** @see https://docs.extend.ai/2026-02-09/api-reference `failureReason` of classify_run, an open set */
const BY_FAILURE_REASON: Record<string, Advice> = {
	ABORTED: { advice: 'Somebody stopped this run; start it again if the category is still needed.', retryable: true },
	INTERNAL_ERROR: { advice: 'Extend stumbled over this run; start it again in a few minutes.', retryable: true },
	FAILED_TO_PROCESS_FILE: {
		advice: 'Check that the file opens and has a supported type, that a locked PDF has its File Password set under File Options, and that a URL is public and has not expired.',
		retryable: false,
	},
	INVALID_PROCESSOR: { advice: CHECK_CONFIGURATION, retryable: false },
	INVALID_CONFIGURATION: {
		advice: 'The settings do not suit the chosen base processor; change the base processor, its version or the options of this node.',
		retryable: false,
	},
	PARSING_ERROR: { advice: 'Extend could not read its own result; start the run again.', retryable: true },
	PRE_PROCESSING_FAILURE: {
		advice: 'Extend could not prepare the file; check that it opens, or convert it to PDF and try again.',
		retryable: false,
	},
	POST_PROCESSING_FAILURE: { advice: 'Extend could not finish the run; start it again.', retryable: true },
	OUT_OF_CREDITS: { advice: ADD_CREDITS, retryable: false },
};

const CANCELLED: Advice = { advice: 'The run was cancelled; start it again if the category is still needed.', retryable: true };
const UNKNOWN_REASON: Advice = {
	advice: 'Open the run in the Extend dashboard to see the details, then decide whether to start it again.',
	retryable: false,
};

/** What to do about a run that ended without a result; also for reasons that are not known yet or missing. */
export function adviceForRun(status: string, failureReason: string | undefined): Advice {
	return lookUp(BY_FAILURE_REASON, failureReason) ?? (status === 'CANCELLED' ? CANCELLED : UNKNOWN_REASON);
}

const CHANGE_PARAMETERS = 'Change what the message names in the parameters of this node; a key of a whole organization also needs the Workspace ID in the credential.';
const NODE_TOO_OLD = 'This version of the node is too old for Extend; update the package in n8n.';

/** @see https://docs.extend.ai/2026-02-09/developers/error-codes */
const BY_CODE: Record<string, string> = {
	INVALID_REQUEST: CHANGE_PARAMETERS,
	UNAUTHORIZED: 'Check the API key and the region in the credential.',
	USAGE_BLOCKED: ADD_CREDITS,
	NOT_FOUND: 'Check the ID, and that it belongs to the workspace and region of the credential.',
	RATE_LIMIT_EXCEEDED: 'Extend is receiving too many requests from your organization; run fewer documents at a time or ask Extend for a higher limit.',
	ENDPOINT_REMOVED: NODE_TOO_OLD,
	INTERNAL_ERROR: 'Try again in a few minutes; if it stays so, give Extend support the request ID.',
};

const SERVICE_DOWN = 'Extend is not available at the moment; try again in a few minutes.';

const BY_STATUS: Record<number, string> = {
	400: 'Change what the message names; a key of a whole organization also needs the Workspace ID in the credential.',
	401: 'Check the API key and the region in the credential.',
	402: ADD_CREDITS,
	403: 'Check the rights of the API key and the Workspace ID in the credential.',
	404: 'Check the ID, and that it belongs to the workspace and region of the credential.',
	408: SERVICE_DOWN,
	410: NODE_TOO_OLD,
	413: 'The file is larger than Extend accepts; split or shrink it.',
	422: CHANGE_PARAMETERS,
	429: 'Extend is receiving too many requests from your organization; run fewer documents at a time or ask Extend for a higher limit.',
};

/** What to do about an answer outside 2xx, by its code, else by its status. */
export function adviceForAnswer(code: string | undefined, status: number): string {
	const byCode = lookUp(BY_CODE, code);
	if (byCode !== undefined) return byCode;
	if (status >= 300 && status < 400) return 'Check the region or the Base URL in the credential; redirects are not followed.';
	if (status >= 500) return SERVICE_DOWN;
	return BY_STATUS[status] ?? 'Give Extend support the request ID if the message does not say what to change.';
}
