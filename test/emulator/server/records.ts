import type { FastifyRequest } from 'fastify';
import type { FaultKind } from '../faults/kinds';
import type { EmulatorOptions } from '../options';

export type Bucket = 'get' | 'write' | 'run';

/** One request as it arrived, and how it was answered. */
export interface RequestRecord {
	atMs: number;
	method: string;
	path: string;
	query: Record<string, unknown>;
	headers: FastifyRequest['headers'];
	/** Parsed JSON; of an upload `{ fields, fileName, bytes }`. */
	body: unknown;
	/** 0 until answered, and for a connection that was cut or left open. */
	status: number;
	bucket: Bucket;
	/** The fault it met by one of the rules. */
	fault?: FaultKind;
}

const RUN_PATHS = new Set(['/classify_runs', '/classify', '/classify_runs/batch', '/extract_runs']);

/** The rate limit a request counts in. @see https://docs.extend.ai/2026-02-09/general/rate-limits */
export function bucketOf(method: string, path: string, uploadBucket: 'write' | 'run'): Bucket {
	if (method === 'GET' || method === 'HEAD') return 'get';
	if (path === '/files/upload') return uploadBucket;
	return method === 'POST' && RUN_PATHS.has(path) ? 'run' : 'write';
}

/** What was asked for, without the query. */
export function pathOf(url: string): string {
	return url.split('?', 1)[0] ?? url;
}

/** Keeps the record of each request that is being answered. */
export class Recorder {
	readonly requests: RequestRecord[] = [];
	private readonly byRequest = new WeakMap<FastifyRequest, RequestRecord>();

	constructor(private readonly options: Pick<EmulatorOptions, 'keepRequests' | 'uploadBucket'>) {}

	/** Notes the request's arrival. */
	open(request: FastifyRequest, atMs: number): RequestRecord {
		const path = pathOf(request.url);
		const record: RequestRecord = {
			atMs,
			method: request.method,
			path,
			query: { ...(request.query as object) }, // the HTTP library types a parsed query as unknown
			headers: request.headers,
			body: undefined,
			status: 0,
			bucket: bucketOf(request.method, path, this.options.uploadBucket),
		};
		if (this.requests.length >= this.options.keepRequests) this.requests.shift();
		this.requests.push(record);
		this.byRequest.set(request, record);
		return record;
	}

	/** The record opened for this request. */
	of(request: FastifyRequest): RequestRecord | undefined {
		return this.byRequest.get(request);
	}
}
