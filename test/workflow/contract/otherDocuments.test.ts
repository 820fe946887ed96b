import type { IDataObject } from 'n8n-workflow';
import { byCategories, itemWith, openStage, startBodies, type Stage } from '../setup';

/** Documents that are no binary files: fileUrl, fileId and text. */

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

const startOf = async (parameters: IDataObject) => await stage.run({ parameters: { ...byCategories, operation: 'start', ...parameters }, items: [await itemWith('a')] });

describe('fileUrl, fileId and text', () => {
	it.each<[string, IDataObject, object]>([
		['fileUrl', { fileSource: 'url', fileUrl: ' https://files.example.com/a.pdf?sig=a%2Fb ' }, { url: 'https://files.example.com/a.pdf?sig=a%2Fb' }],
		['fileUrl with a name', { fileSource: 'url', fileUrl: 'HTTP://files.example.com/x', fileOptions: { fileName: 'a.pdf' } }, { url: 'HTTP://files.example.com/x', name: 'a.pdf' }],
		['text as it is, blanks included', { fileSource: 'text', text: ' a\n b ' }, { text: ' a\n b ' }],
		['text with a name', { fileSource: 'text', text: 'a', fileOptions: { fileName: 'mail.txt' } }, { text: 'a', name: 'mail.txt' }],
		['text with a name without an extension', { fileSource: 'text', text: 'a', fileOptions: { fileName: 'Brief' } }, { text: 'a', name: 'Brief.txt' }],
		['fileUrl with a name without an extension', { fileSource: 'url', fileUrl: 'https://files.example.com/a.pdf?x=y.z', fileOptions: { fileName: 'Invoice' } }, { url: 'https://files.example.com/a.pdf?x=y.z', name: 'Invoice.pdf' }],
		['text that an expression gives as a number', { fileSource: 'text', text: '={{ 42 }}' }, { text: '42' }],
	])('%s', async (_, parameters, file) => {
		await startOf(parameters);
		expect(startBodies(stage)).toEqual([expect.objectContaining({ file })]);
		expect(stage.requests('POST', /upload$/)).toEqual([]);
	});

	it('fileId, and no name with it', async () => {
		const { json: [first] } = await startOf({});
		await startOf({ fileSource: 'fileId', fileId: ` ${String(first?.fileId)} `, fileOptions: { fileName: 'x.pdf' } });
		expect(startBodies(stage)[1]).toMatchObject({ file: { id: first?.fileId } });
		expect(Object.keys((startBodies(stage)[1] as { file: object }).file)).toEqual(['id']);
	});
});
