/* eslint-disable @n8n/community-nodes/no-restricted-imports -- makes the contents of a file */
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { loadN8n } from '../engine/install';
import { answerParent } from '../lib/worker';
import type { StoredFile, StoreJob } from '../protocol';
import { seededRandom } from '../workload';

const PIECE_BYTES = 1_024 * 1_024;

/** Puts a file into n8n's storage, so that the process that uploads it has not seen it before. */
answerParent<StoreJob>(async ({ installation, sizeBytes }): Promise<StoredFile> => {
	const { core, getService } = loadN8n(installation);
	const service = getService(core.BinaryDataService);
	await service.init();
	let checksum = 0;
	const pieces = function* (): Generator<Buffer> {
		const random = seededRandom(1);
		const piece = Buffer.from(Uint8Array.from({ length: PIECE_BYTES }, () => random() * 256));
		for (let sent = 0; sent < sizeBytes; sent += PIECE_BYTES) {
			piece.writeUInt32LE(sent / PIECE_BYTES); // so that no two pieces are equal
			const bytes = Buffer.from(piece.subarray(0, sizeBytes - sent));
			checksum = crc32(bytes, checksum);
			yield bytes;
		}
	};
	const described = { mimeType: 'application/pdf', fileName: 'upload.pdf', data: '' };
	const stored = await service.store({ type: 'execution', workflowId: 'w', executionId: '1' }, Readable.from(pieces()), described);
	const { id = '' } = stored;
	const { mimeType, data, fileName, fileSize } = stored;
	return { binary: { id, mimeType, data, fileName, fileSize }, path: service.getPath(id), sizeBytes, checksum };
});
