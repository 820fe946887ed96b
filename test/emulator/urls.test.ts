/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Extend } from 'extend-ai';
import { makePdf } from './testing/pdf';
import { useStage } from './testing/stage';

let server: Server;
let origin = '';
let asked: string[] = [];
/** Settles when the download that never ends was given up. */
let givenUp: Promise<unknown>;

beforeAll(async () => {
	server = createServer((request, response) => {
		asked.push(request.url ?? '');
		if (request.url === '/invoice.pdf') response.end(makePdf('Invoice', 'Invoice'));
		else if (request.url === '/download?id=1') response.setHeader('content-type', 'text/plain').end('Contract');
		else if (request.url === '/locked.txt') response.end('emulator-password: opensesame\nInvoice');
		else if (request.url === '/away.txt') response.writeHead(302, { location: '/invoice.pdf' }).end();
		else if (request.url === '/never.txt') givenUp = once(request.socket, 'close');
		else response.writeHead(403).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

describe('a file given by URL', () => {
	const stage = useStage({ nowMs: Date.now, pendingMs: 30, runMs: 40, fetchTimeoutMs: 150 });
	const classifier = { id: 'cl_inbound_mail' };
	const classify = (url: string, rest: Partial<Extend.FileFromUrl> = {}) =>
		stage().client.classify({ classifier, file: { url, ...rest } });

	beforeEach(() => {
		asked = [];
	});

	it('is fetched from this machine and classified by its content', async () => {
		const run = await classify(`${origin}/invoice.pdf`);
		expect(run).toMatchObject({
			status: 'PROCESSED',
			output: { id: 'invoice' },
			file: { name: 'invoice.pdf', type: 'PDF', metadata: { pageCount: 2 } },
			usage: { totalCredits: 6 },
		});
	});

	it('is fetched once the run starts, and unknown before', async () => {
		const run = await stage().client.classifyRuns.create({ classifier, file: { url: `${origin}/invoice.pdf` } });
		expect(run).toMatchObject({ status: 'PENDING', file: null });
		expect(asked).toEqual([]);
		const ended = await classify(`${origin}/invoice.pdf`); // a moment for the first one
		expect(ended.file?.name).toBe('invoice.pdf');
		expect(asked).toEqual(['/invoice.pdf', '/invoice.pdf']);
		expect(stage().emulator.store.runs.get(run.id)?.file?.name).toBe('invoice.pdf');
	});

	it('is fetched though nobody looks at the run meanwhile', async () => {
		await stage().client.classifyRuns.create({ classifier, file: { url: `${origin}/invoice.pdf` } });
		while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		expect(stage().emulator.requests).toHaveLength(1);
	});

	it('goes by its content type when the name has no extension', async () => {
		expect(await classify(`${origin}/download?id=1`)).toMatchObject({
			output: { id: 'contract' },
			file: { name: 'download', type: 'TXT' },
		});
	});

	it('takes name and password from the input', async () => {
		const run = await classify(`${origin}/locked.txt`, { name: 'mail.txt', settings: { password: 'opensesame' } });
		expect(run).toMatchObject({ status: 'PROCESSED', file: { name: 'mail.txt' } });
		expect(await classify(`${origin}/locked.txt`)).toMatchObject({ failureReason: 'FAILED_TO_PROCESS_FILE' });
	});

	it.each([
		['/missing.txt', 'is refused'],
		['/never.txt', 'never comes'],
		['/away.txt', 'leads elsewhere'],
	])('fails the run when %s %s', async (path) => {
		expect(await classify(`${origin}${path}`)).toMatchObject({
			status: 'FAILED',
			failureReason: 'FAILED_TO_PROCESS_FILE',
			failureMessage: 'The file could not be downloaded from the given URL.',
			file: null,
			parseRunId: null,
		});
	});

	it('fails the run for a host that does not exist', async () => {
		const run = await classify('https://files.invalid/invoice.pdf');
		expect(run).toMatchObject({ failureReason: 'FAILED_TO_PROCESS_FILE', file: null });
	});

	it('is classified by its name alone on another host', async () => {
		const run = await classify('https://files.acme.example/2026/bill%20of%20lading-7.pdf?signature=invoice');
		expect(run).toMatchObject({ output: { id: 'bill_of_lading' }, file: { name: 'bill of lading-7.pdf', type: 'PDF' } });
	});

	it('is given up when the emulator closes', async () => {
		stage().emulator.options.fetchTimeoutMs = 60_000;
		await stage().client.classifyRuns.create({ classifier, file: { url: `${origin}/never.txt` } });
		while (asked.length === 0) await stage().client.classifiers.list();
		await stage().emulator.close();
		await givenUp;
	});
});
