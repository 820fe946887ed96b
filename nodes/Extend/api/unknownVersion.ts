import { ExtendError, isNotFound, withStackOf } from './errors';

const NAMES_VERSION = /\bversion\b/i;

/** Names the version that Extend does not know, where the error says that it is one; any other error stays as it is. */
export function withUnknownVersion(error: ExtendError, { id, version }: { id: string; version?: string }): ExtendError {
	if (version === undefined || !isNotFound(error) || !NAMES_VERSION.test(error.message)) return error;
	const { code, requestId } = error.facts;
	const marks = [code, ...(requestId === undefined ? [] : [`request ${requestId}`])];
	const message = `Version ${version} does not exist in classifier ${id} (${marks.join(', ')})`;
	const named = new ExtendError(message, 'Choose one of its versions under Version.', { ...error.facts, cause: error });
	return withStackOf(error, named);
}
