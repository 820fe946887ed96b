import type { JsonObject } from './json';

export interface HttpRequest {
	method: 'GET' | 'POST' | 'DELETE';
	/** Below the base URL, with a leading slash; IDs in it are already encoded. */
	path: string;
	query?: Record<string, string | number | boolean>;
	/** JSON body. */
	body?: JsonObject;
	/** File to send as multipart/form-data instead of a JSON body. */
	upload?: Upload;
	/** Milliseconds after which a request without a whole answer counts as lost; for an upload, without any progress. */
	timeoutMs: number;
	/** How long the answer is still waited for after n8n's Stop; not at all when unset. */
	graceMs?: number;
}

/** A file that is sent as it is read. `open` starts a new stream at each call, so that an attempt can be repeated. */
export interface Upload {
	fileName: string;
	mimeType: string;
	sizeBytes: number;
	open: () => AsyncIterable<Uint8Array>;
	/** Text parts that go along with the file. */
	fields: Record<string, string>;
}

/**
 * What became of a request. A status of any kind is an answer; without one it matters whether Extend can have
 * acted: `notSent` means it cannot (refused, host not found), `impossible` that it never will without a change of
 * settings (certificate, forbidden host), `lost` that nobody knows. `unsendable` means that the file to be sent could
 * not be read whole, which has nothing to do with Extend. `idleMs` is how long nothing had moved when it ended; unset
 * where nothing was to be seen of progress.
 */
export type HttpResult =
	| { kind: 'answer'; status: number; headers: Record<string, string>; text: string; idleMs?: number }
	| { kind: 'notSent'; cause: string }
	| { kind: 'impossible'; cause: string }
	| { kind: 'lost'; cause: string; idleMs?: number }
	| { kind: 'unsendable'; error: Error }
	| { kind: 'stopped' };

export type HttpAnswer = Extract<HttpResult, { kind: 'answer' }>;

/** Sends one request once. Never throws for what the network or Extend does. */
export type Send = (request: HttpRequest) => Promise<HttpResult>;
