import { readAskedPauseMs } from '../../../nodes/Extend/api/backoff';
import { Bucket } from '../../../nodes/Extend/api/buckets';
import type { ServerLimits } from '../support/limitedServer';
import { LimitedServer } from '../support/limitedServer';
import { randomFrom, SEED } from '../support/random';
import { VirtualClock } from '../support/virtualClock';

const WORKERS = 30;

/** Keeps a bucket as busy as it can be for so long. */
async function work(bucket: Bucket, server: LimitedServer, clock: VirtualClock, forMs: number): Promise<void> {
	const endMs = clock.nowMs() + forMs;
	const worker = async (): Promise<void> => {
		while (clock.nowMs() < endMs) {
			const slot = await bucket.take(clock);
			const { status, headers } = await server.handle();
			const nowMs = clock.nowMs();
			if (slot !== undefined) bucket.returned(slot, nowMs);
			if (status === 429) bucket.limiter.refused(nowMs, readAskedPauseMs(headers, nowMs));
			else bucket.limiter.accepted(nowMs);
		}
	};
	await Promise.all(Array.from({ length: WORKERS }, worker));
}

async function measure(limits: ServerLimits, seconds: number): Promise<{ server: LimitedServer; share: number }> {
	const clock = new VirtualClock();
	const server = new LimitedServer(clock, { ...limits });
	await work(new Bucket(), server, clock, seconds * 1_000);
	return { server, share: server.accepted / (seconds * limits.perSecond) };
}

describe('RateLimiter against a server', () => {
	it.each([
		['answers fast', { perSecond: 10 }],
		['answers slowly', { perSecond: 10, latencyMs: () => 400 }],
		['names a time', { perSecond: 10, retryAfter: '1' }],
	])('is refused not once before it tries more and uses nine tenths when the server takes 10/s and %s', async (_, limits) => {
		const { server, share } = await measure(limits, 55);
		expect(server.refused).toBe(0);
		expect(share).toBeGreaterThanOrEqual(0.9);
	});

	it('is refused a handful of times in five minutes when it tries more now and then', async () => {
		const { server, share } = await measure({ perSecond: 10 }, 300);
		expect(server.refused).toBeGreaterThan(0);
		expect(server.refused).toBeLessThanOrEqual(6);
		expect(share).toBeGreaterThanOrEqual(0.9);
	});

	it(`stays within its share when latency varies by 8 ms (seed ${SEED})`, async () => {
		const random = randomFrom(SEED);
		const { server, share } = await measure({ perSecond: 10, latencyMs: () => 40 + random() * 8 }, 120);
		expect(server.refused).toBeLessThanOrEqual(6);
		expect(share).toBeGreaterThanOrEqual(0.9);
	});

	it(`keeps more than half of its share when latency varies by 100 ms (seed ${SEED})`, async () => {
		const random = randomFrom(SEED);
		const { share } = await measure({ perSecond: 10, latencyMs: () => 40 + random() * 100, retryAfter: '1' }, 300);
		expect(share).toBeGreaterThan(0.5);
	});

	it.each([
		[5, undefined],
		[5, '0'],
		[5, '1'],
		[2, undefined],
		[2, '0'],
		[2, '1'],
	])('settles at the limit when the server takes %i/s and Retry-After is %s', async (perSecond, retryAfter) => {
		const { server, share } = await measure({ perSecond, retryAfter }, 300);
		expect(server.refused).toBeLessThanOrEqual(30);
		expect(share).toBeGreaterThanOrEqual(0.9);
	});

	it('uses more than the first rate when the plan allows it', async () => {
		const { server } = await measure({ perSecond: 25 }, 1_200);
		expect(server.accepted / 1_200).toBeGreaterThan(13);
	});

	it('shares the limit when two processes work at once', async () => {
		const clock = new VirtualClock();
		const server = new LimitedServer(clock, { perSecond: 10, retryAfter: '1' });
		await Promise.all([work(new Bucket(), server, clock, 300_000), work(new Bucket(), server, clock, 300_000)]);
		expect(server.accepted / 300).toBeGreaterThan(7);
		expect(server.refused / (server.accepted + server.refused)).toBeLessThan(0.05);
	});

	it.each([3, 30])('is back at its rate within a minute when all was refused for %i s', async (seconds) => {
		const clock = new VirtualClock();
		const server = new LimitedServer(clock, { perSecond: 10 });
		const bucket = new Bucket();
		await work(bucket, server, clock, 10_000);
		server.allow(0);
		await work(bucket, server, clock, seconds * 1_000);
		server.allow(10);
		await work(bucket, server, clock, 60_000);
		const before = server.accepted;
		await work(bucket, server, clock, 30_000);
		expect((server.accepted - before) / 30).toBeGreaterThan(9);
	});

	it(`keeps half of its rate when one request in a hundred is refused for no reason (seed ${SEED})`, async () => {
		const { share } = await measure({ perSecond: 10, strayShare: 0.01, random: randomFrom(SEED) }, 1_200);
		expect(share).toBeGreaterThan(0.5);
	});

	it('goes down and comes back when the limit changes in between', async () => {
		const clock = new VirtualClock();
		const server = new LimitedServer(clock, { perSecond: 10 });
		const bucket = new Bucket();
		clock.after(30_000, () => server.allow(3));
		await work(bucket, server, clock, 90_000);
		server.allow(10);
		const before = server.accepted;
		await work(bucket, server, clock, 900_000);
		expect((server.accepted - before) / 900).toBeGreaterThan(5);
	});
});
