import { ExtendError, inputError } from '../../../nodes/Extend/api/errors';
import { FileReader } from '../../../nodes/Extend/api/fileReader';

/** A file in pieces of these sizes, with what was seen of it. */
function fileOf(pieces: Array<number | Error>): { open: () => AsyncGenerator<Uint8Array>; seen: string[] } {
	const seen: string[] = [];
	async function* open(): AsyncGenerator<Uint8Array> {
		seen.push('opened');
		try {
			for (const piece of pieces) {
				if (piece instanceof Error) throw piece;
				yield new Uint8Array(await Promise.resolve(piece));
			}
		} finally {
			seen.push('closed');
		}
	}
	return { open, seen };
}

function readerOf(pieces: Array<number | Error>, sizeBytes: number): { reader: FileReader; seen: string[] } {
	const { open, seen } = fileOf(pieces);
	const upload = { fileName: 'a.pdf', mimeType: 'application/pdf', sizeBytes, open, fields: {} };
	return { reader: new FileReader(upload, () => seen.length, () => seen.push('fault')), seen };
}

/** How many bytes come out before the end or the fault. */
async function bytesOf(reader: FileReader): Promise<number> {
	let bytes = 0;
	try {
		for await (const piece of reader.upload.open()) bytes += piece.length;
	} catch (caught) {
		expect(caught).toBe(reader.fault);
	}
	return bytes;
}

describe('FileReader', () => {
	it.each([
		['whole', [1, 2], 3],
		['whole and empty', [], 0],
		['with an empty piece at its end', [3, 0], 3],
	])('gives a file %s', async (_, pieces, sizeBytes) => {
		const { reader, seen } = readerOf(pieces, sizeBytes);
		expect([await bytesOf(reader), reader.fault, seen]).toEqual([sizeBytes, undefined, ['opened', 'closed']]);
	});

	it.each<[string, Array<number | Error>, number, string]>([
		['shorter', [1], 1, 'has 1 bytes instead of the 3 bytes that are said to be there'],
		['longer at once', [4], 0, 'has more bytes instead of the 3 bytes'],
		['longer in the end', [2, 1, 1], 3, 'has more bytes'],
		['longer in the middle', [2, 9], 2, 'has more bytes'],
	])('gives no byte too many of a file that is %s, and says so', async (_, pieces, bytes, message) => {
		const { reader, seen } = readerOf(pieces, 3);
		expect(await bytesOf(reader)).toBe(bytes);
		expect(reader.fault?.message).toContain(message);
		expect(reader.fault?.facts).toMatchObject({ code: 'INVALID_INPUT', retryable: false });
		expect(seen.sort()).toEqual(['closed', 'fault', 'opened']);
	});

	it('names the file without the code of the system when it cannot be read, and keeps that as the cause', async () => {
		const cause = new Error('EIO: i/o');
		const { reader } = readerOf([1, cause], 3);
		expect(await bytesOf(reader)).toBe(1);
		expect(reader.fault?.message).toBe('The file "a.pdf" could not be read from n8n\'s storage while it was sent');
		expect(reader.fault?.cause).toBe(cause);
	});

	it('says what whoever opens the file says', async () => {
		const own = inputError('Gone', 'Run again.');
		const { reader } = readerOf([own], 3);
		await bytesOf(reader);
		expect(reader.fault).toBe(own);
	});

	it('takes what a broken request throws into the stream for no fault of the file, and closes it', async () => {
		const { reader, seen } = readerOf([1, 1, 1], 3);
		const pieces = reader.upload.open();
		if (!(Symbol.asyncIterator in pieces)) throw new Error('No iterator');
		const iterator = pieces[Symbol.asyncIterator]();
		await iterator.next();
		await expect(iterator.throw?.(new Error('aborted'))).rejects.toThrow('aborted');
		expect([reader.fault, seen]).toEqual([undefined, ['opened', 'closed']]);
	});

	it('closes what was opened when it is closed, however far it was read, and whatever that brings', async () => {
		const { reader, seen } = readerOf([1, 1, 1], 3);
		const iterator = reader.upload.open()[Symbol.asyncIterator]();
		await iterator.next();
		reader.close();
		reader.close();
		await Promise.resolve();
		await Promise.resolve();
		expect((await iterator.next()).done).toBe(true);
		expect(seen).toEqual(['opened', 'closed']);
	});

	it('opens nothing for a request that is over before it has begun', async () => {
		const { reader, seen } = readerOf([3], 3);
		const iterator = reader.upload.open()[Symbol.asyncIterator]();
		reader.close();
		expect((await iterator.next()).done).toBe(true);
		expect(seen).toEqual([]);
	});

	it('notes when a piece was taken', async () => {
		const { reader } = readerOf([1, 1, 1], 3);
		expect(reader.movedMs).toBe(0);
		await bytesOf(reader);
		expect(reader.movedMs).toBe(1);
	});

	it('is one of ours whatever is thrown', async () => {
		const { reader } = readerOf([new Error('x')], 1);
		await bytesOf(reader);
		expect(reader.fault).toBeInstanceOf(ExtendError);
	});
});
