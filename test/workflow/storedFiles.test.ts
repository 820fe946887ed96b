/* eslint-disable @n8n/community-nodes/no-restricted-imports -- files are taken out of n8n's storage behind its back */
import { rmSync, writeFileSync } from 'node:fs';
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { fileOf, pathOf } from './engine';
import { byCategories, INVOICE, openStage, SAVED, type Stage } from './setup';

/** A file that n8n's storage cannot give whole is told at once as that: nothing is sent, nothing is paid. */

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

const OPERATIONS: Array<[string, IDataObject]> = [
	['Start', { ...byCategories, operation: 'start' }],
	['Classify and Wait', { ...byCategories, operation: 'classify' }],
	['Start of a batch', { resource: 'batchRun', operation: 'start', classifier: SAVED }],
	['Upload', { resource: 'file', operation: 'upload' }],
];

const CHANGES: Array<[string, (file: IBinaryData) => void, RegExp]> = [
	['gone', (file) => rmSync(pathOf(file)), /^n8n's storage does not have the file "invoice\.txt" in "data" any more \[item 0\]$/],
	['gone with all that n8n knows of it', (file) => [pathOf(file), `${pathOf(file)}.metadata`].forEach((path) => rmSync(path)), /does not have the file "invoice\.txt" in "data" any more/],
	['shorter than n8n says', (file) => writeFileSync(pathOf(file), 'INVOICE'), /holds 7 bytes of the file .* which has \d+ bytes/],
	['longer than n8n says', (file) => writeFileSync(pathOf(file), `${INVOICE} and more`), /holds more bytes of the file .* which has \d+ bytes/],
	['emptied', (file) => writeFileSync(pathOf(file), ''), /holds 0 bytes of the file/],
];

describe.each(OPERATIONS)('%s, when the stored file is', (_, parameters) => {
	it.each(CHANGES)('%s, says so and sends nothing', async (_name, change, message) => {
		const file = await fileOf(INVOICE, 'invoice.txt', 'text/plain', 'storage');
		change(file);
		const { json } = await stage.run({ parameters, items: [{ json: {}, binary: { data: file } }], settings: { onError: 'continueRegularOutput' } });
		expect(json).toEqual([
			{ error: expect.stringMatching(message), message: expect.stringMatching(/^Run the workflow again/), details: expect.objectContaining({ code: 'INVALID_INPUT', retryable: false }) },
		]);
		expect(stage.extend.requests).toEqual([]);
	});
});

it('does not hold up more documents than it looks at once, whose files are all in n8n\'s storage', async () => {
	const items = await Promise.all(Array.from({ length: 40 }, async (_, number) => ({ json: {}, binary: { data: await fileOf(`${INVOICE} ${number}`, `${number}.txt`, 'text/plain', 'storage') } })));
	const { json, error } = await stage.run({ parameters: { resource: 'batchRun', operation: 'start', classifier: SAVED }, items });
	expect(error).toBeUndefined();
	expect(json).toEqual([expect.objectContaining({ runCount: 40 })]);
});
