import type { Call } from '../../../nodes/Extend/api/call';
import { callExtend } from '../../../nodes/Extend/api/call';
import { answer } from '../support/answers';
import { scripted } from '../support/scriptedSend';

/** So large that it is uploaded alone. */
const SIZE_BYTES = 300 * 1_024 * 1_024;
const good = answer(200, { n: 7 });
const busy = answer(503, {}, { 'retry-after': '20' });

function uploadCall(fileName: string): Call<number> {
	const open = async function* (): AsyncGenerator<Uint8Array> {
		yield await Promise.resolve(new Uint8Array());
	};
	return {
		request: { method: 'POST', path: '/files/upload', timeoutMs: 1_000, upload: { fileName, mimeType: '', sizeBytes: SIZE_BYTES, open, fields: {} } },
		bucket: 'write',
		repeat: 'freely',
		parse: (body) => (body === undefined ? undefined : 7),
		what: 'a file',
	};
}

describe('callExtend with a file', () => {
	it('sends one after the other when both are too large to go together', async () => {
		const ports = scripted([good], 5_000);
		await Promise.all(['a', 'b'].map(async (name) => await callExtend(uploadCall(name), ports)));
		expect(ports.sentAtMs).toEqual([0, 5_000]);
	});

	it('lets the others go first while it pauses before another try', async () => {
		const ports = scripted([busy, good, good], 5_000);
		await Promise.all(['a', 'b'].map(async (name) => await callExtend(uploadCall(name), ports)));
		expect(ports.sent.map(({ upload }) => upload?.fileName)).toEqual(['a', 'b', 'a']);
		expect(ports.sentAtMs).toEqual([0, 5_000, 25_000]);
	});

	it('is patient with an upload that has moved for an hour before it was refused', async () => {
		const ports = scripted([{ ...busy, idleMs: 40 }, good], 3_600_000);
		expect(await callExtend(uploadCall('a'), ports)).toBe(7);
	});
});
