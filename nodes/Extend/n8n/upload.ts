import { sleep } from 'n8n-workflow';
import { FileReader } from '../api/fileReader';
import type { HttpRequest, HttpResult, Upload } from '../api/http';
import { onAbort } from '../api/signals';

export type UploadRequest = HttpRequest & { upload: Upload };
/** Sends a request once; `end` breaks it off. */
export type SendUntil = (request: HttpRequest, end: AbortSignal) => Promise<HttpResult>;

/** How often it is looked whether an upload still moves. */
const LOOK_MS = 1_000;

/** Sends a file for as long as bytes move, since a large one takes longer than any fixed timeout. */
export async function sendUpload(request: UploadRequest, send: SendUntil, stop: AbortSignal | undefined): Promise<HttpResult> {
	const over = new AbortController();
	const broken = new AbortController();
	const breakOff = (): void => broken.abort();
	const release = onAbort(stop, breakOff);
	const file = new FileReader(request.upload, () => Date.now(), breakOff);
	void breakOffWhenIdle(file, { idleMs: request.timeoutMs, over: over.signal }, breakOff);
	const result = await send({ ...request, upload: file.upload }, broken.signal);
	over.abort();
	release();
	file.close();
	if (file.fault !== undefined) return { kind: 'unsendable', error: file.fault };
	if (result.kind === 'stopped') return result;
	const idleMs = Date.now() - file.movedMs;
	if (result.kind === 'answer') return { ...result, idleMs };
	if (broken.signal.aborted) return { kind: 'lost', cause: `nothing moved for ${request.timeoutMs / 1_000} s`, idleMs };
	return result.kind === 'lost' ? { ...result, idleMs } : result;
}

async function breakOffWhenIdle(file: FileReader, { idleMs, over }: { idleMs: number; over: AbortSignal }, breakOff: () => void): Promise<void> {
	while (!over.aborted && Date.now() - file.movedMs < idleMs) {
		await sleep(LOOK_MS, over).catch(() => undefined);
	}
	if (!over.aborted) breakOff();
}
