import type { OpenRun } from '../../../nodes/Extend/waiting/openRun';
import { openRun } from '../../../nodes/Extend/waiting/openRun';
import { giveUpMs, pollMs, putOffPollMs } from '../../../nodes/Extend/waiting/pollTimes';
import { VirtualClock } from '../support/virtualClock';

const NOW_MS = 1_000_000;
const RUN = { id: 'clr_1', status: 'PROCESSING', json: {} };
const unused = async () => await Promise.reject(new Error('unused'));
const source = { poll: unused, list: unused, clock: new VirtualClock() };
const clock = { nowMs: () => NOW_MS, random: () => 0.5 };

/** A run with an hour to go, polled at 2,000,000 or at 2,100,000 whatever the list shows. */
function open(changes: Partial<OpenRun> = {}): OpenRun {
	const begun = openRun({ id: 'clr_1', run: RUN, timeoutMs: 3_600_000, source }, clock, () => undefined);
	return { ...begun, nextPollMs: 2_000_000, trustedUntilMs: 2_100_000, ...changes };
}

const list = (changes: object = {}) => ({ isUseful: true, tellsOf: () => true, lastToldMs: 0, ...changes });

describe('pollMs', () => {
	it.each<[string, Partial<OpenRun>, number]>([
		['as planned for a run that nobody has seen yet', { run: undefined }, 2_000_000],
		['as planned for a run that a list shows as final', { isListedFinal: true }, 2_000_000],
		['when lists are trusted no longer, else', {}, 2_100_000],
		['at the deadline at the latest', { deadlineMs: 2_050_000 }, 2_050_000],
		['never while the run is being polled', { poll: { sinceMs: 1 } }, Number.POSITIVE_INFINITY],
	])('is, while the list tells of the run, %s', (_, changes, ms) => {
		expect(pollMs(open(changes), list())).toBe(ms);
	});

	it.each([list({ isUseful: false }), list({ tellsOf: () => false })])('is as planned while the list does not tell of the run', (state) => {
		expect(pollMs(open(), state)).toBe(2_000_000);
	});

	it('is put off by a list that has shown no change and is of no use since, though not beyond what it is trusted with', () => {
		const state = (lastToldMs: number) => list({ isUseful: false, lastToldMs });
		expect(pollMs(open({ jitter: 0.5 }), state(1_990_000))).toBe(1_990_000 + 99_000);
		expect(pollMs(open({ jitter: 0.5 }), state(2_090_000))).toBe(2_100_000);
	});
});

describe('putOffPollMs', () => {
	it('puts off for some seconds a poll that only checks the list, half a minute at most', () => {
		expect(putOffPollMs(open(), list(), 2_100_000)).toBe(2_105_000);
		expect(putOffPollMs(open(), list(), 2_129_000)).toBe(2_130_000);
		expect(putOffPollMs(open(), list(), 2_130_000)).toBeUndefined();
	});

	it.each<[string, OpenRun, object]>([
		['that the list shows as final', open({ isListedFinal: true }), {}],
		['that nobody has seen', open({ run: undefined }), {}],
		['whose deadline has come', open({ deadlineMs: 2_100_000 }), {}],
		['of which the list does not tell', open(), { tellsOf: () => false }],
	])('puts off no poll of a run %s', (_, run, state) => {
		expect(putOffPollMs(run, list(state), 2_100_000)).toBeUndefined();
	});
});

describe('giveUpMs', () => {
	const deadlineMs = 2_000_000;

	it.each<[string, Partial<OpenRun>, number]>([
		['never while a run is neither polled nor owed a read', {}, Number.POSITIVE_INFINITY],
		['5 s after the deadline while a poll is on its way', { poll: { sinceMs: 1, sentMs: 2 } }, deadlineMs + 5_000],
		['5 s after a poll that went out later', { poll: { sinceMs: 1, sentMs: 2_010_000 } }, 2_015_000],
		['15 s after the deadline for a first poll', { run: undefined, poll: { sinceMs: 1, sentMs: 2 } }, deadlineMs + 15_000],
		['two minutes after the deadline while a poll waits for its turn', { poll: { sinceMs: 1 } }, deadlineMs + 120_000],
		['two minutes after the deadline for one that is owed a read', { isListedFinal: true, owedSinceMs: 1 }, deadlineMs + 120_000],
		['15 s after the deadline for one whose poll was refused', { owedSinceMs: 1 }, deadlineMs + 15_000],
		['two minutes after it was owed one', { isListedFinal: true, owedSinceMs: 2_010_000 }, 2_130_000],
		['two minutes after its reads began to fail', { isListedFinal: true, owedSinceMs: 1, failingSinceMs: 2_010_000 }, 2_130_000],
	])('is %s', (_, changes, ms) => {
		expect(giveUpMs(open({ deadlineMs, ...changes }), 0)).toBe(ms);
	});

	it('is later while reads go on, unless its own ones do not succeed', () => {
		expect(giveUpMs(open({ deadlineMs, isListedFinal: true, owedSinceMs: 1 }), 2_050_000)).toBe(2_170_000);
		expect(giveUpMs(open({ deadlineMs, isListedFinal: true, owedSinceMs: 1, failingSinceMs: 1 }), 2_050_000)).toBe(deadlineMs + 120_000);
	});
});
