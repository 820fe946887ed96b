import type { Made } from '../../../nodes/Extend/starting/startRegistry';
import { StartRegistry } from '../../../nodes/Extend/starting/startRegistry';

const RUN: Made = { kind: 'run', runId: 'clr_1' };
const never = { whenCancelled: new Promise<void>(() => undefined) };

function setUp() {
	const time = { nowMs: 1_000_000 };
	return { time, registry: new StartRegistry(() => time.nowMs) };
}

describe('StartRegistry', () => {
	it('gives the claim to one alone, until it is given back', () => {
		const { registry } = setUp();
		const claim = registry.claim('key:a');
		expect([claim === undefined, registry.claim('key:a'), registry.claim('key:b') === undefined]).toEqual([false, undefined, false]);
		claim?.settle(undefined);
		expect(registry.claim('key:a')).toBeDefined();
	});

	it('tells all who wait what was made, and those who come in the next minute', async () => {
		const { registry } = setUp();
		const claim = registry.claim('key:a');
		const waits = [1, 2].map(async () => await registry.awaitMade('key:a', never));
		expect(registry.madeLately('key:a')).toBeUndefined();
		claim?.settle(RUN);
		expect([await Promise.all(waits), registry.madeLately('key:a'), registry.madeLately('key:b')]).toEqual([[RUN, RUN], RUN, undefined]);
	});

	it('tells those who wait that nothing was made', async () => {
		const { registry } = setUp();
		const claim = registry.claim('key:a');
		const wait = registry.awaitMade('key:a', never);
		claim?.settle(undefined);
		expect([await wait, registry.madeLately('key:a'), await registry.awaitMade('key:a', never)]).toEqual([undefined, undefined, undefined]);
	});

	it('counts the first end of a claim only, and no end of one that was given back', async () => {
		const { registry } = setUp();
		const first = registry.claim('key:a');
		first?.settle(undefined);
		const second = registry.claim('key:a');
		first?.settle(RUN);
		expect([registry.madeLately('key:a'), registry.claim('key:a')]).toEqual([undefined, undefined]);
		second?.settle(RUN);
		second?.settle(undefined);
		expect(registry.madeLately('key:a')).toBe(RUN);
	});

	it('ends the wait of an execution that is cancelled', async () => {
		const { registry } = setUp();
		registry.claim('key:a');
		expect(await registry.awaitMade('key:a', { whenCancelled: Promise.resolve() })).toBeUndefined();
	});

	it('forgets after a minute what was made, and not before', () => {
		const { time, registry } = setUp();
		registry.claim('key:a')?.settle(RUN);
		time.nowMs += 60_000;
		expect(registry.madeLately('key:a')).toBe(RUN);
		time.nowMs += 1;
		expect(registry.madeLately('key:a')).toBeUndefined();
	});

	it('never forgets a start that is under way, and forgets what is older behind it', () => {
		const { time, registry } = setUp();
		const slow = registry.claim('key:slow');
		registry.claim('key:a')?.settle(RUN);
		time.nowMs += 36_000;
		registry.claim('key:b')?.settle(RUN);
		time.nowMs += 36_000;
		expect([registry.claim('key:slow'), registry.madeLately('key:a'), registry.madeLately('key:b')]).toEqual([undefined, undefined, RUN]);
		slow?.settle(RUN);
		time.nowMs += 36_000;
		expect([registry.madeLately('key:slow'), registry.madeLately('key:b')]).toEqual([RUN, undefined]);
	});

	it('counts the minute from the last start of a key', () => {
		const { time, registry } = setUp();
		registry.claim('key:a')?.settle(RUN);
		registry.claim('key:b')?.settle(RUN);
		time.nowMs += 48_000;
		registry.claim('key:a')?.settle({ kind: 'unknown' });
		time.nowMs += 24_000;
		expect([registry.madeLately('key:a'), registry.madeLately('key:b')]).toEqual([{ kind: 'unknown' }, undefined]);
	});

	it('keeps nothing of millions of starts that made nothing, and little of those that did', () => {
		const { time, registry } = setUp();
		for (let index = 0; index < 5_000; index++) {
			time.nowMs += 12_000;
			registry.claim(`key:${index}`)?.settle(index % 2 === 0 ? RUN : undefined);
		}
		const kept = Array.from({ length: 5_000 }, (_, index) => registry.madeLately(`key:${index}`)).filter((made) => made !== undefined);
		expect(kept).toHaveLength(3);
	});
});
