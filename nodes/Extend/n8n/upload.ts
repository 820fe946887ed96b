import { sleep } from 'n8n-workflow';
import type { HttpRequest, HttpResult, Upload } from '../api/http';

export type UploadRequest = HttpRequest & { upload: Upload };
/** Sends a request once; `end` breaks it off. */
export type SendUntil = (request: HttpRequest, end: AbortSignal) => Promise<HttpResult>;

/** How often it is looked whether an upload still moves. */
const LOOK_MS = 1_000;

/** Sends a file for as long as bytes move, since a large one takes longer than any fixed timeout. */
export async function sendUpload(request: UploadRequest, send: SendUntil, stop: AbortSignal | undefined): Promise<HttpResult> {
	const progress = { movedMs: Date.now() };
	const over = new AbortController();
	const broken = new AbortController();
	const breakOff = (): void => broken.abort();
	stop?.addEventListener('abort', breakOff);
	if (stop?.aborted) breakOff();
	void breakOffWhenIdle(progress, { idleMs: request.timeoutMs, over: over.signal }, breakOff);
	const result = await send({ ...request, upload: withProgress(request.upload, progress) }, broken.signal);
	over.abort();
	stop?.removeEventListener('abort', breakOff);
	if (result.kind === 'stopped') return result;
	const idleMs = Date.now() - progress.movedMs;
	if (result.kind === 'answer') return { ...result, idleMs };
	if (broken.signal.aborted) return { kind: 'lost', cause: `nothing moved for ${request.timeoutMs / 1_000} s`, idleMs };
	return result.kind === 'lost' ? { ...result, idleMs } : result;
}

interface Progress {
	movedMs: number;
}

function withProgress(upload: Upload, progress: Progress): Upload {
	const open = async function* (): AsyncGenerator<Uint8Array> {
		for await (const bytes of upload.open()) {
			yield bytes;
			progress.movedMs = Date.now();
		}
	};
	return { ...upload, open };
}

async function breakOffWhenIdle(progress: Progress, { idleMs, over }: { idleMs: number; over: AbortSignal }, breakOff: () => void): Promise<void> {
	while (!over.aborted && Date.now() - progress.movedMs < idleMs) {
		await sleep(LOOK_MS, over).catch(() => undefined);
	}
	if (!over.aborted) breakOff();
}
