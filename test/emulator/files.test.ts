/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Extend } from 'extend-ai';
import { configOf } from './index';
import { makePdf } from './testing/pdf';
import { useStage } from './testing/stage';

const MILLISECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
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

	it('are uploaded byte for byte, and nothing is said of their pages yet', async () => {
		const file = await upload('INV-417.pdf', INVOICE);
		expect(file).toEqual({
			object: 'file',
			id: expect.stringMatching(/^file_/),
			name: 'INV-417.pdf',
			type: 'PDF',
			presignedUrl: null,
			parentFileId: null,
			contents: null,
			metadata: {},
			createdAt: expect.stringMatching(MILLISECONDS),
			updatedAt: expect.stringMatching(MILLISECONDS),
			dataRetention: { mode: 'workspace_default', status: 'available' },
		});
		expect(stage().emulator.store.files.get(file.id)?.bytes.equals(INVOICE)).toBe(true);
	});

	it('have their pages counted once a run has begun to read them', async () => {
		const { id } = await upload('INV-417.pdf', INVOICE);
		const { client, advance } = stage();
		const pagesOf = async () => (await client.files.retrieve(id)).metadata;
		const run = await client.classifyRuns.create({ classifier: { id: 'cl_inbound_mail' }, file: { id } });
		expect([run.file?.metadata, await pagesOf()]).toEqual([{}, {}]);
		advance(10_000);
		expect((await client.classifyRuns.retrieve(run.id)).file?.metadata).toEqual({ pageCount: 2 });
		const file = await client.files.retrieve(id);
		expect(file.metadata).toEqual({ pageCount: 2 });
		expect(Date.parse(file.updatedAt)).toBeGreaterThan(Date.parse(file.createdAt));
	});

	it('of a text have no page count, before a run and after', async () => {
		const { id } = await upload('a.txt', 'Invoice');
		expect((await finish(id)).file?.metadata).toEqual({});
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
		expect(run.usage).toMatchObject({ credits: 0.3, totalCredits: 0.8 });
	});

	it.each([
		['classification_instant', '1.0.0', 0.1, 2.1],
		['classification_light', '3.2.0', 0.3, 2.3],
		['classification_standard', '1.2.0', 1, 3],
		['classification_performance', '3.2.0', 1, 3],
		['classification_of_next_year', '3.2.0', 1, 3],
	])('cost with %s, whose release is %s, %d credits a page and %d with the reading', async (baseProcessor, baseVersion, credits, totalCredits) => {
		const { id } = await upload('a.txt', 'Invoice');
		const classifications = configOf('invoice').classifications;
		const run = await stage().client.classifyRuns.create({ config: { baseProcessor, classifications }, file: { id } });
		stage().advance(10_000);
		const { usage, config } = await stage().client.classifyRuns.retrieve(run.id);
		expect(usage).toMatchObject({ credits, totalCredits });
		expect(config).toMatchObject({ baseProcessor, baseVersion, parseConfig: { engine: 'parse_performance', engineVersion: 'latest' } });
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
		['noextension', null],
	])('named %s are of type %s', async (name, type) => {
		expect((await upload(name, 'Invoice')).type).toBe(type);
	});

	it('become a PDF on request', async () => {
		const file = await upload('a.html', 'Invoice', { convertToPdf: true });
		expect(file).toMatchObject({ type: 'PDF', metadata: {} });
		expect((await finish(file.id)).file?.metadata).toEqual({ pageCount: 1 });
	});

	it.each(['virus.exe', 'table.tsv', 'archive.tar.gz', '.htaccess'])('of a type that is not supported (%s) are refused', async (name) => {
		const refusal = await upload(name, 'Invoice').catch((thrown: unknown) => thrown);
		expect(refusal).toBeInstanceOf(Extend.BadRequestError);
		expect(refusal).toMatchObject({ body: { code: 'INVALID_REQUEST', message: expect.stringContaining(name) } });
		expect(stage().emulator.store.files.size).toBe(0);
	});

	it('that are PDFs are taken whatever their name', async () => {
		expect(await upload('scan.tsv', INVOICE)).toMatchObject({ type: 'PDF' });
	});

	it.each([
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
