import { rehearse } from './support/rehearsal';

const WHOLE_MS = 120_000;

describe('a stand-in that believes something else', () => {
	it.each([
		['firstStatus', { createStatus: 'PROCESSING' as const }, 'status: stand-in says PENDING / live says PROCESSING'],
		['otherCategory', { requireOther: false }, 'refused with 400 INVALID_REQUEST / live says taken'],
		['pageSize', { maxPageSize: 500 }, 'a size of 1000: stand-in says taken / live says refused with 400 INVALID_REQUEST'],
		['pageSize', { defaultPageSize: 25 }, 'without a size: stand-in says 10 / live says 25'],
		['shape', { errorShape: 'wrapped' as const }, 'wrapped in: stand-in says nothing / live says error'],
		['refusal', { retryAfter: 'none' as const }, 'Retry-After: stand-in says seconds / live says not sent'],
		['refusal', { rateLimits: undefined }, 'live says no refusal among 40 requests at once'],
		['uploadBucket', { uploadBucket: 'run' as const }, 'an upload while starts are refused: stand-in says taken / live says refused too'],
		['cancelling', { cancelPending: true }, 'cancelling a run that is PENDING: stand-in says refused with 400 INVALID_REQUEST / live says answered'],
		['cancelling', { cancellingMs: 3_000 }, 'statuses on the way: stand-in says PENDING, PROCESSING / live says PENDING, PROCESSING, CANCELLING'],
		['throughput', { throughput: { filesPerMinute: 8, excess: 'refuse' as const } }, 'stand-in says wait / live says are refused with 429'],
		['otherWorkspace', { workspaceIds: undefined }, 'a workspace that is not ours: stand-in says refused with 403 FORBIDDEN / live says taken'],
		['badRequests', { requireApiVersion: false }, 'a list without the version of the API: stand-in says refused with 400 INVALID_REQUEST / live says taken'],
	])('is found out by %s with %o', async (name, emulator, expected) => {
		const { output, summary } = await rehearse({ emulator, flags: ['--only', name] });
		expect(output).toContain(expected);
		expect(summary.left).toEqual([]);
	}, WHOLE_MS);
});
