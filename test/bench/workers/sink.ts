/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server */
import { createServer, type IncomingMessage } from 'node:http';
import { crc32 } from 'node:zlib';
import { answerParent } from '../lib/worker';
import type { Received, Server } from '../protocol';

/**
 * Takes uploads of any size and keeps nothing of them but length and checksum. Answers like Extend, with a run that
 * has finished at once; so it is the upload alone that is measured.
 */

const HEADER_END = '\r\n\r\n';
const API_KEY = 'sk_test_sink';
const received: Received[] = [];

const FILE = { object: 'file', id: 'file_1', name: 'upload.bin', type: 'PDF', createdAt: '2026-01-05T09:00:00Z', updatedAt: '2026-01-05T09:00:00Z' };
const RUN = {
	object: 'classify_run',
	id: 'clr_1',
	status: 'PROCESSED',
	output: { id: 'invoice', type: 'invoice', confidence: 1, insights: [] },
	file: FILE,
	metadata: null,
	reviewed: false,
	edited: false,
	config: { classifications: [] },
	dashboardUrl: 'http://127.0.0.1/',
	createdAt: '2026-01-05T09:00:00Z',
	updatedAt: '2026-01-05T09:00:00Z',
};

/** The content of the one part of a multipart body, whose headers and end are left out. */
class PartMeter {
	sizeBytes = 0;
	checksum = 0;
	private head: Buffer | undefined = Buffer.alloc(0);
	private held = Buffer.alloc(0);

	private readonly endMark: string;
	private readonly endBytes: number;

	constructor(boundary: string) {
		this.endMark = `\r\n--${boundary}--`;
		this.endBytes = this.endMark.length + '\r\n\r\n'.length;
	}

	/** To be called when the body is over; clients end it with up to two line breaks. */
	finish(): void {
		this.count(this.held.subarray(0, Math.max(0, this.held.lastIndexOf(this.endMark))));
	}

	add(chunk: Buffer): void {
		if (this.head === undefined) return this.addContent(chunk);
		const head = Buffer.concat([this.head, chunk]);
		const endOfHead = head.indexOf(HEADER_END);
		this.head = endOfHead < 0 ? head : undefined;
		if (endOfHead >= 0) this.addContent(head.subarray(endOfHead + HEADER_END.length));
	}

	/** Counts all but the last bytes, which may be the end of the body. */
	private addContent(chunk: Buffer): void {
		const isLong = chunk.length >= this.endBytes;
		const known = isLong ? this.held : Buffer.concat([this.held, chunk]);
		const countable = isLong ? known : known.subarray(0, Math.max(0, known.length - this.endBytes));
		this.count(countable);
		if (isLong) this.count(chunk.subarray(0, chunk.length - this.endBytes));
		this.held = Buffer.from(isLong ? chunk.subarray(chunk.length - this.endBytes) : known.subarray(countable.length));
	}

	private count(bytes: Buffer): void {
		this.sizeBytes += bytes.length;
		this.checksum = crc32(bytes, this.checksum);
	}
}

async function takeUpload(request: IncomingMessage): Promise<void> {
	const startMs = performance.now();
	const boundary = /boundary="?([^";]+)/.exec(request.headers['content-type'] ?? '')?.[1] ?? '';
	const meter = new PartMeter(boundary);
	let bodyBytes = 0;
	for await (const chunk of request) {
		const bytes: Buffer = chunk;
		bodyBytes += bytes.length;
		meter.add(bytes);
	}
	meter.finish();
	const declared = request.headers['content-length'];
	if (declared !== undefined && Number(declared) !== bodyBytes) throw new Error('The length of the body is not the declared one');
	received.push({ sizeBytes: meter.sizeBytes, checksum: meter.checksum, tookMs: performance.now() - startMs });
}

async function answer(request: IncomingMessage): Promise<unknown> {
	if (request.url === '/files/upload') {
		await takeUpload(request);
		return FILE;
	}
	request.resume();
	return RUN;
}

async function start(): Promise<Server> {
	const server = createServer((request, response) => {
		response.setHeader('content-type', 'application/json');
		answer(request).then(
			(body) => response.end(JSON.stringify(body)),
			(error: unknown) => response.writeHead(400).end(JSON.stringify({ code: 'INVALID_REQUEST', message: String(error), retryable: false })),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The sink has no port');
	return { url: `http://127.0.0.1:${address.port}`, apiKey: API_KEY };
}

answerParent<'start' | 'log'>(async (job) => (job === 'start' ? await start() : received));
