import { UploadGate } from '../../../nodes/Extend/api/uploadGate';
import { VirtualClock } from '../support/virtualClock';

const MEGABYTE = 1_024 * 1_024;

/** Sends uploads of these sizes at once, each for a second, and notes how many and how much was under way together. */
async function send(sizesBytes: number[], clock = new VirtualClock()) {
	const gate = new UploadGate();
	const order: number[] = [];
	let [uploads, bytes, mostUploads, mostBytes] = [0, 0, 0, 0];
	const sent = sizesBytes.map(async (sizeBytes, index) =>
		await gate.pass(sizeBytes, clock, async () => {
			order.push(index);
			uploads += 1;
			bytes += sizeBytes;
			[mostUploads, mostBytes] = [Math.max(mostUploads, uploads), Math.max(mostBytes, bytes)];
			await clock.elapse(1_000);
			uploads -= 1;
			bytes -= sizeBytes;
			return index;
		}),
	);
	return { results: await Promise.all(sent), order, mostUploads, mostBytes };
}

describe('UploadGate', () => {
	it('lets six small files through at once, in their order, and gives every result', async () => {
		const { results, order, mostUploads } = await send(Array(20).fill(1_000));
		expect(mostUploads).toBe(6);
		expect(order).toEqual(results);
		expect(results).toEqual(Array.from({ length: 20 }, (_, index) => index));
	});

	it('keeps the bytes under way within 256 MB', async () => {
		const { mostBytes, mostUploads } = await send(Array(9).fill(100 * MEGABYTE));
		expect(mostBytes).toBe(200 * MEGABYTE);
		expect(mostUploads).toBe(2);
	});

	it('lets a larger file through alone', async () => {
		const { mostBytes, results } = await send([10, 2_000, 10].map((megabytes) => megabytes * MEGABYTE));
		expect(mostBytes).toBe(2_000 * MEGABYTE);
		expect(results).toEqual([0, 1, 2]);
	});

	it('makes room again when an upload does not succeed', async () => {
		const gate = new UploadGate();
		const clock = new VirtualClock();
		const failing = gate.pass(300 * MEGABYTE, clock, async () => {
			await clock.elapse(10);
			throw new Error('broken');
		});
		const next = gate.pass(1, clock, async () => 'sent');
		await expect(failing).rejects.toThrow('broken');
		expect(await next).toBe('sent');
	});

	it('holds nobody back once the workflow is stopped', async () => {
		const gate = new UploadGate();
		const clock = new VirtualClock();
		void gate.pass(300 * MEGABYTE, clock, async () => await clock.elapse(1e9));
		const next = gate.pass(1, clock, async () => 'ended');
		clock.stop();
		expect(await next).toBe('ended');
	});
});
