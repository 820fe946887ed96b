import { connectionError, inputError, readApiError } from '../../../nodes/Extend/api/errors';
import type { OpenRun, RunSource } from '../../../nodes/Extend/waiting/openRun';
import { isPermanent, noteFailedPoll, noteListedFinal, noteRead, openRun } from '../../../nodes/Extend/waiting/openRun';
import { answer } from '../support/answers';
import { VirtualClock } from '../support/virtualClock';

const HOUR_MS = 3_600_000;
/** The middle of the jitter: none. */
const MIDDLE = 0.5;
const SINCE_MS = 1_000_000;
const DEADLINE_MS = SINCE_MS + HOUR_MS;
const RUN = { id: 'clr_1', status: 'PROCESSING', json: {} };

const source: RunSource = {
	poll: async () => await Promise.reject(new Error('unused')),
	list: async () => await Promise.reject(new Error('unused')),
	clock: new VirtualClock(),
};

/** The clock when the run has been known for so long. */
const at = (ageMs: number) => ({ nowMs: () => SINCE_MS + ageMs, random: () => MIDDLE });

/** A run as it is when its wait begins. */
function open(changes: Partial<OpenRun> = {}): OpenRun {
	return { ...openRun({ id: 'clr_1', run: RUN, timeoutMs: HOUR_MS, source }, at(0), () => undefined), ...changes };
}

const plain = readApiError(answer(400, {}));

describe('openRun', () => {
	it('looks at a run that was just seen after a second, and trusts lists for a while', () => {
		expect(open()).toMatchObject({ sinceMs: SINCE_MS, nextPollMs: SINCE_MS + 1_000, trustedUntilMs: SINCE_MS + 20_000, listedIn: 0, isListedFinal: false, faults: 0, refusals: 0 });
	});

	it('looks at once at a run of which only the ID is known', () => {
		expect(openRun({ id: 'clr_1', timeoutMs: HOUR_MS, source }, at(0), () => undefined)).toMatchObject({ nextPollMs: SINCE_MS, trustedUntilMs: SINCE_MS });
	});
});

describe('noteRead', () => {
	it('plans the next look by the age of the run, and forgets what went wrong before', () => {
		const run = open({ lastFault: plain, faults: 3, refusals: 2 });
		noteRead(run, SINCE_MS + 200_000, MIDDLE);
		expect(run).toMatchObject({ lastFault: undefined, faults: 0, refusals: 0, nextPollMs: SINCE_MS + 220_000, trustedUntilMs: SINCE_MS + 240_000 });
	});

	it('plans none beyond the deadline', () => {
		const run = open();
		noteRead(run, DEADLINE_MS - 10, MIDDLE);
		expect(run.nextPollMs).toBe(DEADLINE_MS);
	});
});

describe('noteListedFinal', () => {
	it('has the run read at once, and owes it the read until then', () => {
		const run = open();
		noteListedFinal(run, SINCE_MS + 3_000);
		expect(run).toMatchObject({ isListedFinal: true, owedSinceMs: SINCE_MS + 3_000, nextPollMs: SINCE_MS + 3_000 });
		noteRead(run, SINCE_MS + 4_000, MIDDLE);
		expect(run).toMatchObject({ isListedFinal: false, owedSinceMs: undefined });
	});

	it('leaves the next poll where it is when the last one did not succeed', () => {
		const run = open();
		noteListedFinal(run, SINCE_MS + 3_000);
		noteFailedPoll(run, connectionError('no answer came'), { clock: at(4_000), lastListPoll: 1 });
		noteListedFinal(run, SINCE_MS + 4_100);
		expect(run).toMatchObject({ owedSinceMs: SINCE_MS + 3_000, nextPollMs: SINCE_MS + 5_000 });
	});
});

describe('noteFailedPoll', () => {
	it('comes back after one second, then two, and believes no list meanwhile', () => {
		const run = open();
		noteFailedPoll(run, connectionError('no answer came'), { clock: at(600_000), lastListPoll: 7 });
		expect(run).toMatchObject({ faults: 1, refusals: 0, doubtedAfter: 7, nextPollMs: SINCE_MS + 601_000, trustedUntilMs: SINCE_MS + 601_000, lastFault: { facts: { code: 'NO_CONNECTION' } } });
		noteFailedPoll(run, connectionError('no answer came'), { clock: at(601_000), lastListPoll: 7 });
		expect(run).toMatchObject({ faults: 2, nextPollMs: SINCE_MS + 603_000, trustedUntilMs: SINCE_MS + 603_000 });
	});

	it('counts plain refusals in a row, which anything else interrupts', () => {
		const run = open();
		noteFailedPoll(run, plain, { clock: at(1_000), lastListPoll: 7 });
		noteFailedPoll(run, plain, { clock: at(2_000), lastListPoll: 7 });
		expect(run.refusals).toBe(2);
		noteFailedPoll(run, connectionError('no answer came'), { clock: at(3_000), lastListPoll: 7 });
		expect(run).toMatchObject({ faults: 3, refusals: 0 });
	});

	it('comes back no sooner than Extend asks for, though not after the deadline', () => {
		const run = open();
		noteFailedPoll(run, plain.withFacts({ retryAfterMs: 40_000 }), { clock: at(5_000), lastListPoll: 7 });
		expect(run.nextPollMs).toBe(SINCE_MS + 45_000);
		noteFailedPoll(run, plain.withFacts({ retryAfterMs: 40_000 }), { clock: at(HOUR_MS - 1_000), lastListPoll: 7 });
		expect(run.nextPollMs).toBe(DEADLINE_MS);
	});
});

describe('isPermanent', () => {
	it.each([
		[401, 1, true],
		[402, 1, true],
		[403, 1, true],
		[404, 1, true],
		[400, 4, false],
		[400, 5, true],
		[503, 0, false],
	])('takes the status %i after %i refusals in a row for final: %s', (status, refusals, hopeless) => {
		expect(isPermanent({ lastFault: readApiError(answer(status, {})), refusals })).toBe(hopeless);
	});

	it('takes an ID that cannot be sent for final at once, and neither a distrusted certificate nor an answer with the same code', () => {
		const certificate = connectionError('its certificate is not trusted', { retryable: false });
		const answered = readApiError(answer(400, { code: 'INVALID_INPUT', retryable: false }));
		expect([inputError('No ID', 'Enter one.'), certificate, answered].map((lastFault) => isPermanent({ lastFault, refusals: 1 }))).toEqual([true, false, false]);
	});

	it('gives up on a distrusted certificate after five looks', () => {
		const run = open();
		for (let look = 1; look <= 5; look++) noteFailedPoll(run, connectionError('its certificate is not trusted', { retryable: false }), { clock: at(look), lastListPoll: 7 });
		expect(isPermanent(run)).toBe(true);
	});

	it('hopes where nothing went wrong', () => {
		expect(isPermanent({ refusals: 0 })).toBe(false);
	});
});
