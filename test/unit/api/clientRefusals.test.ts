import type { ExtendClient } from '../../../nodes/Extend/api/client';
import { answer } from '../support/answers';
import { faultOf } from '../support/faults';
import { clientOf } from '../support/scriptedSend';

async function* open(): AsyncGenerator<Uint8Array> {
	yield await Promise.resolve(new Uint8Array());
}
const upload = { fileName: 'a.tsv', mimeType: '', sizeBytes: 1, open, fields: {} };
const file = { text: 'Invoice' };
const classifier = { id: 'cl_1' };
const REFUSAL = answer(400, { code: 'INVALID_REQUEST', message: 'No' });

type Ask = (client: ExtendClient) => Promise<unknown>;

describe('ExtendClient', () => {
	it.each<[string, Ask, string | undefined]>([
		['uploadFile', async (client) => await client.uploadFile(upload), 'upload'],
		['startRun', async (client) => await client.startRun({ classifier, file, metadata: {} }), 'start'],
		['startBatch', async (client) => await client.startBatch({ classifier, inputs: [{ file, metadata: {} }] }), 'start'],
		['getRun', async (client) => await client.getRun('clr_1'), undefined],
		['cancelRun', async (client) => await client.cancelRun('clr_1'), undefined],
		['getFile', async (client) => await client.getFile('file_1'), undefined],
	])('tells where a document was refused when %s gets a 400', async (_, ask, refusedAt) => {
		const { facts, advice } = await faultOf(ask(clientOf(REFUSAL).client));
		expect(facts.refusedAt).toBe(refusedAt);
		expect(advice.includes('Only File Types')).toBe(refusedAt === 'upload');
	});
});
