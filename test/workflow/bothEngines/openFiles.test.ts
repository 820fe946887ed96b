/* eslint-disable @n8n/community-nodes/no-restricted-imports -- counts the files that are open */
import { readdirSync } from 'node:fs';
import type { INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { fileOf } from '../engine';
import { openStage, type Stage } from '../setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const UPLOADS = 10;
/** More than fits into the buffers of a connection. */
const SIZE_BYTES = 5_000_000;
const openFiles = (): number => readdirSync('/dev/fd').length;

async function storedItem(number: number): Promise<INodeExecutionData> {
	return { json: { number }, binary: { data: await fileOf(`INVOICE ${'x'.repeat(SIZE_BYTES)}`, `${number}.txt`, 'text/plain', 'storage') } };
}

describe('files from n8n\'s storage', () => {
	it('are closed after uploads that broke off', async () => {
		stage = await openStage({ faultRules: [{ path: /^\/files\/upload$/, kinds: ['drop'], times: UPLOADS }] });
		const items = await Promise.all(Array.from({ length: UPLOADS }, async (_, number) => await storedItem(number)));
		const before = openFiles();
		const { json } = await stage.run({ parameters: { resource: 'file', operation: 'upload' }, items });
		expect(json).toHaveLength(UPLOADS);
		expect(stage.extend.requests.length).toBeGreaterThanOrEqual(2 * UPLOADS);
		for (let look = 0; look < 50 && openFiles() > before + 4; look++) await sleep(100);
		expect(openFiles()).toBeLessThanOrEqual(before + 4);
	}, 120_000);
});
