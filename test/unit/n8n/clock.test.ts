/* eslint-disable @n8n/community-nodes/no-restricted-imports -- asks Node who listens */
import { getEventListeners } from 'node:events';
import { createClock } from '../../../nodes/Extend/n8n/clock';

describe('createClock', () => {
	it('leaves nothing at an execution that goes on once it is released', () => {
		const [stop, released] = [new AbortController(), new AbortController()];
		createClock(stop.signal, { released: released.signal });
		expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
		released.abort();
		expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
	});

	it('ends its pauses and says so when the workflow is stopped', async () => {
		const stop = new AbortController();
		const clock = createClock(stop.signal);
		const pause = clock.pause(60_000);
		stop.abort();
		await Promise.all([pause, clock.whenCancelled]);
		expect(clock.isCancelled()).toBe(true);
	});
});
