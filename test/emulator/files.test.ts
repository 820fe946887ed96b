/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Extend } from 'extend-ai';
import { makePdf } from './testing/pdf';
import { useStage } from './testing/stage';

const INVOICE = makePdf('Invoice number 417 of the supplier', 'Payment for goods is due');
const LOCKED_PATH = join(__dirname, 'testing/fixtures/locked.pdf');
const LOCKED = readFileSync(LOCKED_PATH);

describe('files', () => {
	const stage = useStage();
	const upload = (filename: string, data: Buffer | string, request: Extend.FilesUploadRequest = {}) =>
		stage().client.files.upload(new File([data], filename), request);
	const finish = async (id: string, config?: Partial<Extend.ClassifyConfig>) => {
		const { client, advance } = stage();
		const classifier = { id: 'cl_inbound_mail', overrideConfig: config };
		const run = await client.classifyRuns.create({ classifier, file: { id } });
		advance(10_000);
		return await client.classifyRuns.retrieve(run.id);
	};

	it('are uploaded byte for byte, and a PDF has its pages counted', async () => {
		const file = await upload('INV-417.pdf', INVOICE);
		expect(file).toEqual({
			object: 'file',
			id: expect.stringMatching(/^file_/),
			name: 'INV-417.pdf',
			type: 'PDF',
			presignedUrl: null,
			parentFileId: null,
			contents: null,
			metadata: { pageCount: 2 },
			createdAt: expect.any(String),
			updatedAt: expect.any(String),
		});
		expect(stage().emulator.store.files.get(file.id)?.bytes.equals(INVOICE)).toBe(true);
	});

	it('are uploaded from a stream', async () => {
		const { id, name } = await stage().client.files.upload(createReadStream(LOCKED_PATH), {});
		expect(name).toBe('locked.pdf');
		expect(stage().emulator.store.files.get(id)?.bytes.equals(LOCKED)).toBe(true);
	});

	it('are classified by the text of a PDF, at a price per page', async () => {
		const { id } = await upload('scan.pdf', INVOICE);
		const first = await finish(id);
		expect(first).toMatchObject({ output: { id: 'invoice' }, usage: { credits: 2, totalCredits: 6 } });
		const again = await finish(id);
		expect(again.usage).toMatchObject({ credits: 2, totalCredits: 2 });
		expect(again.usage?.breakdown).toHaveLength(1);
		expect(again.parseRunId).toBe(first.parseRunId);
	});

	it('are read only as far as the page ranges go', async () => {
		const { id } = await upload('scan.pdf', makePdf('Contract', 'Invoice'));
		const onPage = async (page: number) =>
			await finish(id, { advancedOptions: { pageRanges: [{ start: page, end: page }] } });
		expect(await onPage(1)).toMatchObject({ output: { id: 'contract' }, usage: { credits: 1 } });
		expect(await onPage(2)).toMatchObject({ output: { id: 'invoice' } });
	});

	it('cost less with the light processors', async () => {
		const { id } = await upload('a.txt', 'Invoice');
		const parseConfig = { engine: 'parse_light' };
		const run = await finish(id, { baseProcessor: 'classification_light', parseConfig });
		expect(run.usage).toMatchObject({ credits: 0.3, totalCredits: 0.6 });
	});

	it.each([
		['a.txt', 'TXT'],
		['a.CSV', 'CSV'],
		['a.eml', 'TXT'],
		['a.html', 'HTML'],
		['a.xml', 'XML'],
		['a.png', 'IMG'],
		['a.xlsx', 'EXCEL'],
		['a.docx', 'DOCX'],
		['a.pptx', 'PDF'],
		['a.exe', null],
		['noextension', null],
	])('named %s are of type %s', async (name, type) => {
		expect((await upload(name, 'Invoice')).type).toBe(type);
	});

	it('become a PDF on request', async () => {
		const file = await upload('a.html', 'Invoice', { convertToPdf: true });
		expect(file).toMatchObject({ type: 'PDF', metadata: { pageCount: 1 } });
	});

	it.each([
		['virus.exe', 'Invoice'],
		['noextension', 'Invoice'],
		['broken.pdf', '%PDF-1.4 and nothing else'],
		['text.pdf', 'Invoice'],
	])('that cannot be processed (%s) fail their run', async (name, data) => {
		const { id } = await upload(name, data);
		expect(await finish(id)).toMatchObject({ status: 'FAILED', failureReason: 'FAILED_TO_PROCESS_FILE' });
	});

	it.each([
		['a line of the text', 'a.txt', 'emulator-password: opensesame\nInvoice'],
		['the encryption of a PDF', 'a.pdf', LOCKED],
	])('locked by %s need their password', async (_case, name, data) => {
		const statusWith = async (password?: string) => {
			const { id } = await upload(name, data, { password });
			const { status, failureReason, output } = await finish(id);
			return failureReason ?? output?.id ?? status;
		};
		expect(await statusWith()).toBe('FAILED_TO_PROCESS_FILE');
		expect(await statusWith('wrong')).toBe('FAILED_TO_PROCESS_FILE');
		expect(await statusWith('opensesame')).toBe('invoice');
	});

	it('can be downloaded without a key, until the link expires', async () => {
		const { id } = await upload('Übersicht 1.pdf', INVOICE);
		const { presignedUrl } = await stage().client.files.retrieve(id);
		const answer = await fetch(String(presignedUrl));
		expect(Buffer.from(await answer.arrayBuffer()).equals(INVOICE)).toBe(true);
		stage().advance(15 * 60_000 + 1);
		expect((await fetch(String(presignedUrl))).status).toBe(403);
	});

	it('are listed by part of the name, newest first', async () => {
		for (const name of ['inv-1.txt', 'memo.txt', 'INV-2.txt']) {
			await upload(name, 'x');
			stage().advance(1);
		}
		const { data } = await stage().client.files.list({ nameContains: 'inv' });
		expect(data.map(({ name }) => name)).toEqual(['INV-2.txt', 'inv-1.txt']);
		expect(data[0]).not.toHaveProperty('presignedUrl');
		expect((await stage().client.files.list({ sortDir: 'asc' })).data[0]?.name).toBe('inv-1.txt');
	});

	it('are gone once deleted', async () => {
		const { id } = await upload('a.txt', 'x');
		expect(await stage().client.files.delete(id)).toEqual({ id });
		await expect(stage().client.files.retrieve(id)).rejects.toBeInstanceOf(Extend.NotFoundError);
		await expect(finish(id)).rejects.toBeInstanceOf(Extend.NotFoundError);
	});
});
