import type { IDataObject } from 'n8n-workflow';
import type { EmulatorOptions } from '../../emulator';
import { fileOf } from '../engine';
import { byCategories, INVOICE, itemWith, openStage, type Stage } from '../setup';

/** The option deleteFileAfter: the uploaded file goes once its run is final, and no other file ever does. */

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const fileOptions = { deleteFileAfter: true };
const files = () => [...stage.extend.store.files.keys()];
const deletions = () => stage.requests('DELETE', /^\/files\//).length;

async function classify(parameters: IDataObject = {}, executionId?: string) {
	const items = [await itemWith(INVOICE)];
	return await stage.run({ parameters: { ...byCategories, fileOptions, ...parameters }, items, executionId, settings: { onError: 'continueRegularOutput' } });
}
const waiting = (onTimeout: string) => ({ waitOptions: { timeout: 0.3, onTimeout } });
const failed = { outcome: () => ({ status: 'FAILED', failureReason: 'PARSING_ERROR' }) };

describe('deleteFileAfter removes the file', () => {
	it.each<[string, Partial<EmulatorOptions>, IDataObject, string]>([
		['of a run that is PROCESSED', {}, {}, 'PROCESSED'],
		['of a run that is FAILED', failed, {}, 'FAILED'],
		['of a run that is FAILED, where that fails the item', failed, { onRunFailed: 'error' }, 'FAILED'],
		['of a run whose final status is not known', { outcome: () => ({ status: 'ARCHIVED' }) }, {}, 'ARCHIVED'],
		['of a run that was cancelled when its time was over', { runMs: 60_000 }, waiting('cancel'), 'CANCELLED'],
	])('%s', async (_, emulator, parameters, status) => {
		stage = await openStage(emulator);
		const { json: [item] } = await classify(parameters);
		expect((item?.details as IDataObject | undefined)?.status ?? item?.status).toBe(status);
		expect([files(), deletions()]).toEqual([[], 1]);
	});

	it('of each document of an item', async () => {
		stage = await openStage();
		const binary = { a: await fileOf(INVOICE, 'a.txt', 'text/plain'), b: await fileOf(INVOICE, 'b.txt', 'text/plain') };
		await stage.run({ parameters: { ...byCategories, binaryFields: '*', fileOptions }, items: [{ json: {}, binary }] });
		expect([files(), deletions()]).toEqual([[], 2]);
	});

	it('of a run that another execution has started with the same key', async () => {
		stage = await openStage();
		await classify({ operation: 'start', options: { idempotencyKey: 'mail-1' } }, '1');
		expect(files()).toHaveLength(1);
		const { hints } = await classify({ options: { idempotencyKey: 'mail-1' } }, '2');
		expect([files(), stage.extend.store.runs.size]).toEqual([[], 1]);
		expect(hints.join()).not.toContain('still at Extend');
	});

	it('and says nothing where it is gone already', async () => {
		stage = await openStage();
		for (const execution of ['1', '2']) {
			const { json, hints } = await classify({ options: { idempotencyKey: 'mail-1' } }, execution);
			expect(json[0]).toMatchObject({ category: 'invoice' });
			expect(hints.join()).not.toContain('still at Extend');
		}
		expect(stage.extend.store.runs.size).toBe(1);
	});
});

describe('deleteFileAfter leaves the file', () => {
	it('that is kept at Extend and was classified with the same key', async () => {
		stage = await openStage();
		const { json: [stored] } = await stage.run({ parameters: { resource: 'file', operation: 'upload' }, items: [await itemWith(INVOICE, 'kept.txt')] });
		const kept = { operation: 'start', fileSource: 'fileId', fileId: String(stored?.id), options: { idempotencyKey: 'mail-1' } };
		await classify(kept, '1');
		const { json: [item], hints } = await classify({ options: { idempotencyKey: 'mail-1' } }, '2');
		expect(hints.join()).toContain(`The file ${String(stored?.id)} is still at Extend: its name says that it was not uploaded for this document`);
		expect(item).toMatchObject({ category: 'invoice' });
		expect([stage.extend.store.runs.size, files(), deletions()]).toEqual([1, [stored?.id], 0]);
	});

	it.each<[string, Partial<EmulatorOptions>, IDataObject, string]>([
		['of a run that is returned unfinished', {}, waiting('return'), 'PROCESSING'],
		['of a run whose item fails for the time', {}, waiting('error'), 'PROCESSING'],
		['of a run that is still being cancelled', { cancellingMs: 60_000 }, waiting('cancel'), 'CANCELLING'],
	])('%s', async (_, emulator, parameters, status) => {
		stage = await openStage({ createStatus: 'PROCESSING', runMs: 60_000, ...emulator });
		const { json: [item] } = await classify(parameters);
		expect((item?.details as IDataObject | undefined)?.status ?? item?.status).toBe(status);
		expect([files().length, deletions()]).toEqual([1, 0]);
	});

	it('that was at Extend before', async () => {
		stage = await openStage();
		const { json: [first] } = await classify({ fileOptions: {} });
		const { json: [again] } = await classify({ fileSource: 'fileId', fileId: String(first?.fileId) });
		expect(again).toMatchObject({ category: 'invoice', fileId: first?.fileId });
		expect([files(), deletions()]).toEqual([[first?.fileId], 0]);
	});

	it('that Extend has made of a text', async () => {
		stage = await openStage();
		await classify({ fileSource: 'text', text: INVOICE });
		expect([files().length, deletions()]).toEqual([1, 0]);
	});
});
