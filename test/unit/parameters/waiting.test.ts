import { readWaitOptions } from '../../../nodes/Extend/parameters/waiting';
import { fakeRead } from '../support/fakeRead';
import { thrownBy } from '../support/faults';

describe('readWaitOptions', () => {
	it.each([{}, { timeout: '', onTimeout: '', cancelOnStop: '' }, { timeout: null, onTimeout: 'never' }])(
		'gives what holds when the options are %j',
		(waitOptions) => {
			expect(readWaitOptions(fakeRead({ waitOptions }))).toEqual({ timeoutSeconds: 1_800, onTimeout: 'error', cancelsOnStop: false });
		},
	);

	it.each(['error', 'return', 'cancel'])('reads all options when onTimeout is %s', (onTimeout) => {
		expect(readWaitOptions(fakeRead({ waitOptions: { timeout: '0.5', onTimeout, cancelOnStop: true } }))).toEqual({
			...{ timeoutSeconds: 0.5, onTimeout, cancelsOnStop: true },
		});
	});

	it.each([0, -5, 'long'])('refuses the timeout %j', (timeout) => {
		expect(thrownBy(() => readWaitOptions(fakeRead({ waitOptions: { timeout } }))).message).toBe(`Timeout (Seconds) is ${timeout}`);
	});
});
