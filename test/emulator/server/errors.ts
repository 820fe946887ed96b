import type { Extend } from 'extend-ai';
import { ZodError, type ZodIssue } from 'zod';

const DOCS = 'https://docs.extend.ai/2026-02-09/developers/error-codes';

/** Codes by HTTP status; 403 has no documented code. @see https://docs.extend.ai/2026-02-09/developers/error-codes */
const CODE_BY_STATUS: Record<number, string> = {
	400: 'INVALID_REQUEST',
	401: 'UNAUTHORIZED',
	402: 'USAGE_BLOCKED',
	403: 'FORBIDDEN',
	404: 'NOT_FOUND',
	410: 'ENDPOINT_REMOVED',
	422: 'INVALID_REQUEST',
	429: 'RATE_LIMIT_EXCEEDED',
};

/** An answer outside 2xx, thrown by a handler. */
export class ApiProblem extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly headers: Record<string, string> = {},
	) {
		super(message);
	}
}

/** 400 INVALID_REQUEST in the form of Extend's validation messages. */
export function invalid(message: string, path?: string): ApiProblem {
	return new ApiProblem(400, path === undefined ? message : `${message}; Path: ${path}`);
}

/** 404 NOT_FOUND. */
export function notFound(what: string): ApiProblem {
	return new ApiProblem(404, `${what} not found.`);
}

/** The problem behind anything that a handler or the HTTP library threw. */
export function toProblem(error: unknown): ApiProblem {
	if (error instanceof ApiProblem) return error;
	if (error instanceof ZodError) return new ApiProblem(400, error.issues.map(describeIssue).join(' | '));
	const status = statusOf(error);
	if (status === undefined) return new ApiProblem(500, String(error));
	// The HTTP library answers 406, 413 and 415 for bodies that Extend is only known to call invalid.
	return new ApiProblem(status < 500 ? 400 : status, error instanceof Error ? error.message : String(error));
}

function statusOf(error: unknown): number | undefined {
	if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
	return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

function describeIssue(issue: ZodIssue): string {
	return issue.path.length === 0 ? issue.message : `${issue.message}; Path: ${issue.path.join('.')}`;
}

/** The body of an answer outside 2xx. The documented 429 comes without request ID. */
export function errorBody(problem: { status: number; message: string }, requestId: string): Extend.ApiError {
	const { status, message } = problem;
	const retryable = status === 429 || status >= 500;
	const code = CODE_BY_STATUS[status] ?? (status >= 500 ? 'INTERNAL_ERROR' : 'INVALID_REQUEST');
	if (status === 429) return { code, message, retryable };
	return { code, message, retryable, requestId, docUrl: DOCS };
}
