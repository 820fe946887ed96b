import type { IExecuteFunctions } from 'n8n-workflow';
import { measureStoredFile } from '../../../nodes/Extend/n8n/storedFile';
import { faultOf } from '../support/faults';

const LARGE_BYTES = 1_000_000;
const onDisk = { id: 'filesystem-v2:workflows/1', field: 'data', fileName: 'scan.pdf' };
const atS3 = { ...onDisk, id: 's3:workflows/1' };

interface Storage {
	/** What it says of the file, or throws. */
	size: unknown;
	/** What it gives, piece by piece, or throws. */
	pieces: Array<number | Error> | Error;
}

/** n8n's storage, and how many pieces were read from it. */
function storageOf({ size, pieces }: Storage): { context: IExecuteFunctions; read: number[] } {
	const read: number[] = [];
	async function* stream(given: Array<number | Error>): AsyncGenerator<Buffer> {
		for (const piece of given) {
			if (piece instanceof Error) throw piece;
			read.push(piece);
			yield Buffer.alloc(piece);
		}
	}
	const helpers = {
		getBinaryMetadata: async () => {
			if (size instanceof Error) throw size;
			return { fileSize: size };
		},
		getBinaryStream: async () => {
			if (pieces instanceof Error) throw pieces;
			return stream(pieces);
		},
	};
	return { context: { helpers } as unknown as IExecuteFunctions, read };
}

const coded = (code: string, message: string): Error => Object.assign(new Error(message), { code });
const measure = async (storage: Storage, file = onDisk): Promise<number> => await measureStoredFile(storageOf(storage).context, file);

describe('measureStoredFile', () => {
	it.each<[string, Storage, number]>([
		['it is empty', { size: 0, pieces: [] }, 0],
		['it is small', { size: 30, pieces: [10, 20] }, 30],
		['it is large', { size: LARGE_BYTES, pieces: [262_144, 262_144] }, LARGE_BYTES],
	])('gives the size when %s', async (_, storage, bytes) => {
		expect(await measure(storage)).toBe(bytes);
	});

	it('reads no more than the beginning of a large file', async () => {
		const { context, read } = storageOf({ size: LARGE_BYTES, pieces: [262_144, 262_144, 262_144] });
		await measureStoredFile(context, onDisk);
		expect(read).toEqual([262_144]);
	});

	it('reads nothing from a storage that measures the file itself', async () => {
		const { context, read } = storageOf({ size: 30, pieces: [30] });
		expect(await measureStoredFile(context, atS3)).toBe(30);
		expect(read).toEqual([]);
	});

	it.each([undefined, Number.NaN, -1, '30'])('takes the size that the field describes when the storage says %j', async (size) => {
		expect(await measure({ size, pieces: [] }, { ...atS3, describedBytes: 30 } as typeof atS3)).toBe(30);
	});

	it.each<[string, Storage, typeof onDisk]>([
		['n8n does not find it', { size: 3, pieces: new Error('File not found') }, onDisk],
		['the disk does not have it', { size: coded('ENOENT', "ENOENT: no such file or directory, open '/x'"), pieces: [] }, onDisk],
		['it goes when it is opened', { size: 3, pieces: [coded('ENOENT', 'ENOENT: no such file')] }, onDisk],
		['S3 does not have it', { size: new Error('Request to S3 failed: x', { cause: Object.assign(new Error('x'), { name: 'NoSuchKey' }) }), pieces: [] }, atS3],
	])('says that the storage does not have the file any more when %s', async (_, storage, file) => {
		const error = await faultOf(measure(storage, file));
		expect(error.message).toBe('n8n\'s storage does not have the file "scan.pdf" in "data" any more');
		expect(error.facts).toEqual({ code: 'INVALID_INPUT', retryable: false });
	});

	it.each<[string, Error, string]>([
		['S3 refuses', new Error('Request to S3 failed: Access Denied'), ': Request to S3 failed: Access Denied'],
		['the disk does not answer', coded('EIO', 'EIO: i/o trouble, read'), ': EIO: i/o trouble, read'],
		['the disk refuses, without the system\'s code in the text', coded('EACCES', "EACCES: permission denied, open '/x'"), ''],
	])('says that the storage could not give the file when %s', async (_, thrown, cause) => {
		const error = await faultOf(measure({ size: thrown, pieces: [] }));
		expect(error.message).toBe(`n8n's storage could not give the file "scan.pdf" in "data"${cause}`);
		expect(error.facts).toEqual({ code: 'FILE_UNREADABLE', retryable: true });
	});

	it('says which storage is not there when n8n does not know the mode', async () => {
		const error = await faultOf(measure({ size: new Error('No binary data manager found for: s3'), pieces: [] }, atS3));
		expect(error.message).toContain('does not have the storage');
		expect(error.facts.code).toBe('INVALID_INPUT');
	});

	it.each<[string, Storage, string]>([
		['shorter', { size: 30, pieces: [10] }, '10 bytes'],
		['empty', { size: 30, pieces: [] }, '0 bytes'],
		['longer', { size: 30, pieces: [20, 20] }, 'more bytes'],
		['longer than nothing', { size: 0, pieces: [1] }, 'more bytes'],
		['shorter than its beginning', { size: LARGE_BYTES, pieces: [100] }, '100 bytes'],
	])('says so when the stored file is %s', async (_, storage, held) => {
		const error = await faultOf(measure(storage));
		expect(error.message).toBe(`n8n's storage holds ${held} of the file "scan.pdf" in "data", which has ${String(storage.size)} bytes`);
		expect(error.facts.code).toBe('INVALID_INPUT');
	});
});
