import { connectionError, readApiError } from '../../../nodes/Extend/api/errors';
import type { OpenRun, RunSource } from '../../../nodes/Extend/waiting/openRun';
import { noteFailedPoll, noteListedFinal, noteRead, openRun } from '../../../nodes/Extend/waiting/openRun';
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
	it('polls a run that was just seen after a second, and trusts lists for a while', () => {
		expect(open()).toMatchObject({ sinceMs: SINCE_MS, nextPollMs: SINCE_MS + 1_000, trustedUntilMs: SINCE_MS + 20_000, listedIn: 0, isListedFinal: false, failures: { areNone: true } });
	});

	it('polls at once a run of which only the ID is known', () => {
		expect(openRun({ id: 'clr_1', timeoutMs: HOUR_MS, source }, at(0), () => undefined)).toMatchObject({ nextPollMs: SINCE_MS, trustedUntilMs: SINCE_MS });
	});
});

describe('noteRead', () => {
	it('plans the next poll by the age of the run, and forgets what went wrong before', () => {
		const run = open();
		noteFailedPoll(run, plain, { clock: at(100_000), lastListPoll: 7 });
		noteRead(run, SINCE_MS + 200_000, MIDDLE);
		expect(run).toMatchObject({ failures: { areNone: true }, doubtedAfter: -1, nextPollMs: SINCE_MS + 220_000, trustedUntilMs: SINCE_MS + 240_000 });
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
		expect(run).toMatchObject({ doubtedAfter: 7, nextPollMs: SINCE_MS + 601_000, trustedUntilMs: SINCE_MS + 601_000, failures: { last: { facts: { code: 'NO_CONNECTION' } } } });
		noteFailedPoll(run, connectionError('no answer came'), { clock: at(601_000), lastListPoll: 7 });
		expect(run).toMatchObject({ nextPollMs: SINCE_MS + 603_000, trustedUntilMs: SINCE_MS + 603_000 });
	});

	it('comes back no sooner than Extend asks for, though not after the deadline', () => {
		const run = open();
		noteFailedPoll(run, plain.withFacts({ retryAfterMs: 40_000 }), { clock: at(5_000), lastListPoll: 7 });
		expect(run.nextPollMs).toBe(SINCE_MS + 45_000);
		noteFailedPoll(run, plain.withFacts({ retryAfterMs: 40_000 }), { clock: at(HOUR_MS - 1_000), lastListPoll: 7 });
		expect(run.nextPollMs).toBe(DEADLINE_MS);
	});
});
