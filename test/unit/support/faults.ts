import { ExtendError } from '../../../nodes/Extend/api/errors';

function ours(caught: unknown): ExtendError {
	if (caught instanceof ExtendError) return caught;
	throw new Error(`Not one of our own: ${String(caught)}`);
}

/** What a promise was rejected with, as our own error. */
export async function faultOf(promise: Promise<unknown>): Promise<ExtendError> {
	return ours(
		await promise.then(
			(value) => `no fault at all, it gave ${JSON.stringify(value)}`,
			(caught: unknown) => caught,
		),
	);
}

/** What a call throws, as our own error. */
export function thrownBy(act: () => unknown): ExtendError {
	try {
		act();
	} catch (caught) {
		return ours(caught);
	}
	return ours('no fault at all');
}
