import { lookUp } from './json';
import type { Advice } from './reasons';
import { ADD_CREDITS, CHANGE_FILE_TYPE, REASONS, SHRINK_FILE } from './reasons';

/** What to do about a run without a result, and about an answer that is no success. What depends on a reason is in reasons.ts. */

const CANCELLED: Advice = { advice: 'The run was cancelled. Start it again if you still need the category.', retryable: true };
const UNKNOWN_REASON: Advice = {
	advice: 'Open the run in the Extend dashboard to see the details, then decide whether to start it again.',
	retryable: false,
};

/** What to do about a run that ended without a result; also for reasons that are not known yet or missing. */
export function adviceForRun(status: string, failureReason: string | undefined): Advice {
	const reason = lookUp(REASONS, failureReason);
	if (reason !== undefined) return { advice: reason.advice, retryable: reason.retryable };
	return status === 'CANCELLED' ? CANCELLED : UNKNOWN_REASON;
}

const NEEDS_WORKSPACE = 'an organization-wide key also needs the Workspace ID in the credential.';
const CHANGE_PARAMETERS = `Change what the message names in the parameters of this node; ${NEEDS_WORKSPACE}`;
const CHECK_KEY = 'Check the API key and the region in the credential.';
const CHECK_ID = 'Check the ID, and that it belongs to the workspace and region of the credential.';
const TOO_MANY_REQUESTS =
	'Extend is receiving too many requests from your organization. Run fewer documents at a time or ask Extend for a higher limit.';
const NODE_TOO_OLD = 'This version of the node is too old for Extend. Update the package in n8n.';

/**
 * What a code means where it is no reason for a run without a result, or means something else there.
 * @see https://docs.extend.ai/2026-02-09/developers/error-codes
 */
const BY_CODE: Record<string, string> = {
	INVALID_REQUEST: CHANGE_PARAMETERS,
	UNAUTHORIZED: CHECK_KEY,
	NOT_FOUND: CHECK_ID,
	RATE_LIMIT_EXCEEDED: TOO_MANY_REQUESTS,
	ENDPOINT_REMOVED: NODE_TOO_OLD,
	INTERNAL_ERROR: 'Try again in a few minutes. If it happens again, give Extend support the request ID.',
};

const SERVICE_DOWN = 'Extend is not available at the moment. Try again in a few minutes.';

const BY_STATUS: Record<number, string> = {
	400: `Change what the message names; ${NEEDS_WORKSPACE}`,
	401: CHECK_KEY,
	402: ADD_CREDITS,
	403: 'Check the rights of the API key and the Workspace ID in the credential.',
	404: CHECK_ID,
	408: SERVICE_DOWN,
	410: NODE_TOO_OLD,
	413: SHRINK_FILE,
	415: CHANGE_FILE_TYPE,
	422: CHANGE_PARAMETERS,
	429: TOO_MANY_REQUESTS,
};

/** A 400 of an upload is about the file, or about a missing workspace. */
const CHANGE_FILE =
	'Check that the file opens and has a type that Extend supports, or leave such files out with Only File Types under File Options; ' +
	NEEDS_WORKSPACE;

/**
 * What to do about an answer outside 2xx, by its code, else by its status.
 * @param asked what the request was to do with a document, if anything
 */
export function adviceForAnswer(code: string | undefined, status: number, asked?: 'upload' | 'start'): string {
	const reason = lookUp(REASONS, code);
	if (asked === 'upload' && status === 400 && reason === undefined) return CHANGE_FILE;
	const byCode = lookUp(BY_CODE, code) ?? reason?.advice;
	if (byCode !== undefined) return byCode;
	if (status >= 300 && status < 400) return 'Check the region or the Base URL in the credential. Redirects are not followed.';
	if (status >= 500) return SERVICE_DOWN;
	return BY_STATUS[status] ?? 'Give Extend support the request ID if the message does not say what to change.';
}
