/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export type PdfContent = { pages: string[] } | { obstacle: 'password' | 'unreadable' };

type Answer = PdfContent & { id: number };

/**
 * Reads PDFs in a thread of its own: PDF.js exists as an ES module only, which jest's module sandbox cannot load,
 * and a large document must not hold up other answers. The thread starts with the first PDF.
 */
export class PdfReader {
	private worker?: Worker;
	private lastId = 0;
	private readonly waiting = new Map<number, (content: PdfContent) => void>();

	/** The text of each page, or what keeps it from being read. */
	async read(bytes: Buffer, password?: string): Promise<PdfContent> {
		const id = ++this.lastId;
		const worker = (this.worker ??= this.open());
		return await new Promise((resolve) => {
			this.waiting.set(id, resolve);
			worker.postMessage({ id, bytes: new Uint8Array(bytes), password });
		});
	}

	async close(): Promise<void> {
		await this.worker?.terminate();
	}

	private open(): Worker {
		const worker = new Worker(join(__dirname, 'pdfWorker.mjs'));
		worker.unref();
		worker.on('message', ({ id, ...content }: Answer) => {
			this.waiting.get(id)?.(content);
			this.waiting.delete(id);
		});
		worker.on('error', () => {
			for (const resolve of this.waiting.values()) resolve({ obstacle: 'unreadable' });
			this.waiting.clear();
			this.worker = undefined;
		});
		return worker;
	}
}
