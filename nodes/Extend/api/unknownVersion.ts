import { ExtendError, isNotFound, marksOf, withStackOf } from './errors';

const NAMES_VERSION = /\bversion\b/i;

/** Names the version that Extend does not know, where the error says that it is one; any other error stays as it is. */
export function withUnknownVersion(error: ExtendError, { id, version }: { id: string; version?: string }): ExtendError {
	if (version === undefined || !isNotFound(error) || !NAMES_VERSION.test(error.message)) return error;
	const message = `Version ${version} does not exist in classifier ${id} (${marksOf(error.facts)})`;
	const named = new ExtendError(message, 'Choose one of its versions under Version.', { ...error.facts, cause: error });
	return withStackOf(error, named);
}
