import { lookMs, noteLook, noteUnchanged, openRun } from '../../../nodes/Extend/waiting/openRun';
import { VirtualClock } from '../support/virtualClock';

const HOUR_MS = 3_600_000;
const MIDDLE = 0.5;

function open() {
	const clock = new VirtualClock();
	const source = { look: async () => await Promise.reject(new Error()), list: async () => await Promise.reject(new Error()), clock };
	const run = { id: 'clr_1', status: 'PROCESSING', json: {} };
	return { run: openRun({ id: 'clr_1', run, deadlineMs: HOUR_MS, source }, 0, MIDDLE, () => undefined) };
}

describe('lookMs', () => {
	it.each([{ isSwept: false, isReading: false }, { isSwept: true, isReading: false }])('is not put off for ever by sweeps that show no change, in %j', (state) => {
		const { run } = open();
		noteLook(run, 100_000, MIDDLE);
		for (let nowMs = 100_000; nowMs < 200_000; nowMs += 5_000) noteUnchanged(run, nowMs, MIDDLE);
		expect(lookMs(run, state)).toBe(120_000);
	});

	it('is soon after a look while nothing is swept', () => {
		const { run } = open();
		noteLook(run, 100_000, MIDDLE);
		expect(lookMs(run, { isSwept: false, isReading: false })).toBe(110_000);
	});

	it('is infinite while the run is being read', () => {
		expect(lookMs({ ...open().run, isLooking: true }, { isSwept: true, isReading: true })).toBe(Number.POSITIVE_INFINITY);
	});
});
