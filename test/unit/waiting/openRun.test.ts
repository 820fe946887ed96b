import { connectionError, inputError, readApiError } from '../../../nodes/Extend/api/errors';
import type { OpenRun, RunSource } from '../../../nodes/Extend/waiting/openRun';
import { isHopeless, lookMs, noteFailedLook, noteLook, noteUnchanged, openRun } from '../../../nodes/Extend/waiting/openRun';
import { answer } from '../support/answers';
import { VirtualClock } from '../support/virtualClock';

const HOUR_MS = 3_600_000;
/** The middle of the jitter: none. */
const MIDDLE = 0.5;
const SINCE_MS = 1_000_000;
const DEADLINE_MS = SINCE_MS + HOUR_MS;
const RUN = { id: 'clr_1', status: 'PROCESSING', json: {} };

const source: RunSource = {
	look: async () => await Promise.reject(new Error('unused')),
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
		expect(open()).toMatchObject({ sinceMs: SINCE_MS, nextLookMs: SINCE_MS + 1_000, trustedUntilMs: SINCE_MS + 20_000, isMissing: false, wasListed: false, faults: 0, refusals: 0 });
	});

	it('looks at once at a run of which only the ID is known', () => {
		expect(openRun({ id: 'clr_1', timeoutMs: HOUR_MS, source }, at(0), () => undefined)).toMatchObject({ nextLookMs: SINCE_MS, trustedUntilMs: SINCE_MS });
	});
});

describe('noteLook', () => {
	it('plans the next look by the age of the run, and forgets what went wrong before', () => {
		const run = open({ lastFault: plain, faults: 3, refusals: 2 });
		noteLook(run, SINCE_MS + 200_000, MIDDLE);
		expect(run).toMatchObject({ lastFault: undefined, faults: 0, refusals: 0, nextLookMs: SINCE_MS + 220_000, trustedUntilMs: SINCE_MS + 240_000 });
	});

	it('plans none beyond the deadline', () => {
		const run = open();
		noteLook(run, DEADLINE_MS - 10, MIDDLE);
		expect(run.nextLookMs).toBe(DEADLINE_MS);
	});
});

describe('noteUnchanged', () => {
	it('puts off the next look by the age of the run, and no further than the deadline', () => {
		const run = open();
		noteUnchanged(run, SINCE_MS + 200_000, MIDDLE);
		expect(run.nextLookMs).toBe(SINCE_MS + 220_000);
		noteUnchanged(run, DEADLINE_MS - 10, MIDDLE);
		expect(run.nextLookMs).toBe(DEADLINE_MS);
	});
});

describe('noteFailedLook', () => {
	it('comes back after one second, then two, and believes no list meanwhile', () => {
		const run = open();
		noteFailedLook(run, connectionError('no answer came'), at(600_000));
		expect(run).toMatchObject({ faults: 1, refusals: 0, isMissing: true, nextLookMs: SINCE_MS + 601_000, trustedUntilMs: SINCE_MS + 601_000, lastFault: { facts: { code: 'NO_CONNECTION' } } });
		noteFailedLook(run, connectionError('no answer came'), at(601_000));
		expect(run).toMatchObject({ faults: 2, nextLookMs: SINCE_MS + 603_000, trustedUntilMs: SINCE_MS + 603_000 });
	});

	it('counts plain refusals in a row, which anything else interrupts', () => {
		const run = open();
		noteFailedLook(run, plain, at(1_000));
		noteFailedLook(run, plain, at(2_000));
		expect(run.refusals).toBe(2);
		noteFailedLook(run, connectionError('no answer came'), at(3_000));
		expect(run).toMatchObject({ faults: 3, refusals: 0 });
	});

	it('comes back no sooner than Extend asks for, though not after the deadline', () => {
		const run = open();
		noteFailedLook(run, plain.withFacts({ retryAfterMs: 40_000 }), at(5_000));
		expect(run.nextLookMs).toBe(SINCE_MS + 45_000);
		noteFailedLook(run, plain.withFacts({ retryAfterMs: 40_000 }), at(HOUR_MS - 1_000));
		expect(run.nextLookMs).toBe(DEADLINE_MS);
	});
});

describe('isHopeless', () => {
	it.each([
		[401, 1, true],
		[402, 1, true],
		[403, 1, true],
		[404, 1, true],
		[400, 4, false],
		[400, 5, true],
		[503, 0, false],
	])('takes the status %i after %i refusals in a row for final: %s', (status, refusals, hopeless) => {
		expect(isHopeless({ lastFault: readApiError(answer(status, { code: 'X' })), refusals })).toBe(hopeless);
	});

	it('takes an ID that cannot be sent for final at once, and neither a distrusted certificate nor an answer with the same code', () => {
		const certificate = connectionError('its certificate is not trusted', { retryable: false });
		const answered = readApiError(answer(400, { code: 'INVALID_INPUT', retryable: false }));
		expect([inputError('No ID', 'Enter one.'), certificate, answered].map((lastFault) => isHopeless({ lastFault, refusals: 1 }))).toEqual([true, false, false]);
	});

	it('gives up on a distrusted certificate after five looks', () => {
		const run = open();
		for (let look = 1; look <= 5; look++) noteFailedLook(run, connectionError('its certificate is not trusted', { retryable: false }), at(look));
		expect(isHopeless(run)).toBe(true);
	});

	it('hopes where nothing went wrong', () => {
		expect(isHopeless({ refusals: 0 })).toBe(false);
	});
});

describe('lookMs', () => {
	const planned: Partial<OpenRun> = { nextLookMs: 2_000_000, trustedUntilMs: 2_100_000 };
	const swept = { isSwept: true, isReading: false };

	it.each<[string, Partial<OpenRun>, number]>([
		['as planned for a run that nobody has seen yet', { run: undefined }, 2_000_000],
		['as planned for a run that the last sweep did not tell about', { isMissing: true }, 2_000_000],
		['when lists are trusted no longer, else', {}, 2_100_000],
		['at the deadline at the latest', { deadlineMs: 2_050_000 }, 2_050_000],
		['never while the run is being read', { look: { sinceMs: 1 } }, Number.POSITIVE_INFINITY],
	])('is, while sweeps look after the runs, %s', (_, changes, ms) => {
		expect(lookMs(open({ ...planned, ...changes }), swept)).toBe(ms);
	});

	it('is later while finished runs wait to be read, and at the deadline at the latest', () => {
		const reading = { isSwept: true, isReading: true };
		expect(lookMs(open(planned), reading)).toBe(2_130_000);
		expect(lookMs(open({ ...planned, deadlineMs: 2_120_000 }), reading)).toBe(2_120_000);
	});

	it('is as planned while nothing is swept', () => {
		expect(lookMs(open(planned), { isSwept: false, isReading: false })).toBe(2_000_000);
	});

	it.each([{ isSwept: false, isReading: false }, swept])('is not put off for ever by sweeps that show no change, in %j', (state) => {
		const run = open();
		noteLook(run, SINCE_MS + 100_000, MIDDLE);
		for (let ageMs = 100_000; ageMs < 200_000; ageMs += 5_000) noteUnchanged(run, SINCE_MS + ageMs, MIDDLE);
		expect(lookMs(run, state)).toBe(SINCE_MS + 120_000);
	});
});
