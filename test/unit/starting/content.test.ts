import { createHash } from 'node:crypto';
import { hashContent } from '../../../nodes/Extend/starting/content';
import type { DocumentSource } from '../../../nodes/Extend/starting/plan';
import { faultOf } from '../support/faults';
import { refusal } from '../support/startSetUp';

function fileOf(pieces: string[], fileName = 'a.pdf'): DocumentSource {
	async function* open(): AsyncGenerator<Uint8Array> {
		for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
	}
	return { kind: 'upload', upload: { fileName, mimeType: 'application/pdf', sizeBytes: pieces.join('').length, open, fields: {} } };
}

describe('hashContent', () => {
	it('is that of the bytes of a file, however they come and whatever its name', async () => {
		const sha = createHash('sha256').update('invoice').digest('hex');
		expect(await Promise.all([hashContent(fileOf(['invoice'])), hashContent(fileOf(['in', 'voice'], 'b.pdf'))])).toEqual([sha, sha]);
		expect(await hashContent(fileOf(['contract']))).not.toBe(sha);
	});

	it('is the same for the same text, address or ID, and differs for all others', async () => {
		const files = [{ url: 'x' }, { id: 'x' }, { text: 'x' }, { text: 'y' }];
		const hashes = await Promise.all(files.map(async (file) => await hashContent({ kind: 'input', file })));
		expect(new Set(hashes).size).toBe(4);
		const named = [{ url: 'x', name: 'a.pdf', settings: { password: 'y' } }, { text: 'x', name: 'b' }];
		expect(await Promise.all(named.map(async (file) => await hashContent({ kind: 'input', file })))).toEqual([hashes[0], hashes[2]]);
	});

	it('passes on why a file cannot be read', async () => {
		async function* open(): AsyncGenerator<Uint8Array> {
			yield await Promise.reject(refusal);
		}
		expect(await faultOf(hashContent({ kind: 'upload', upload: { fileName: 'a', mimeType: 'a/b', sizeBytes: 1, open, fields: {} } }))).toBe(refusal);
	});
});
