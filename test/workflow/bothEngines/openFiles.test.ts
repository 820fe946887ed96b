/* eslint-disable @n8n/community-nodes/no-restricted-imports -- counts the files that are open */
import { readdirSync } from 'node:fs';
import type { INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { Fault, RequestRecord } from '../../emulator';
import { fileOf } from '../engine';
import { byCategories, openStage, type Stage } from '../setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const UPLOADS = 50;
const SIZE_BYTES = 2_000_000;
const isUpload = ({ path }: RequestRecord): boolean => path === '/files/upload';
const openFiles = (): number => readdirSync('/dev/fd').length;

async function storedItem(number: number): Promise<INodeExecutionData> {
	return { json: { number }, binary: { data: await fileOf('x'.repeat(SIZE_BYTES), `${number}.txt`, 'text/plain', 'storage') } };
}

describe('files from n8n\'s storage', () => {
	it.each<[string, Fault]>([
		['refused', { kind: 'status', status: 413, body: { code: 'FILE_SIZE_TOO_LARGE', message: 'Too large.', retryable: false } }],
		['refused before they were read', { kind: 'html', status: 400 }],
	])('are closed after uploads that were %s', async (_, fault) => {
		stage = await openStage({ onRequest: (request) => (isUpload(request) ? fault : undefined) });
		const items = await Promise.all(Array.from({ length: UPLOADS }, async (__, number) => await storedItem(number)));
		const before = openFiles();
		const { json } = await stage.run({ parameters: byCategories, items, settings: { onError: 'continueRegularOutput' } });
		expect(json.filter(({ error }) => error !== undefined)).toHaveLength(UPLOADS);
		for (let look = 0; look < 50 && openFiles() > before + 5; look++) await sleep(100);
		expect(openFiles()).toBeLessThanOrEqual(before + 5);
	});
});
