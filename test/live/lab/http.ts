import { withTimeLimit } from '../../emulator/timeLimit';
import { pause, Stopped } from './stopping';

export interface Connection {
	baseUrl: string;
	apiKey: string;
	workspaceId?: string;
}

export interface Sent {
	/** Sent as JSON, a string as it is. */
	json?: unknown;
	form?: FormData;
	query?: Record<string, string>;
	/** In place of the usual headers of the same name; undefined leaves one out. */
	headers?: Record<string, string | undefined>;
	/** How often it is sent again while there are too many requests. */
	repeats?: number;
}

export interface Answer {
	status: number;
	headers: Headers;
	/** Parsed JSON, else the text. */
	body: unknown;
}

const API_VERSION = '2026-02-09';
/** Uploads included; Extend's own clients wait as long. */
const TIMEOUT_MS = 300_000;
const MOST_REPEATS = 8;
const REPEAT_PAUSE_MS = 1_000;

/** Requests to the API, as plain as possible: what is to be looked at must not be smoothed by a client. */
export class Http {
	constructor(
		readonly connection: Connection,
		/** Ends whatever is under way. */
		readonly signal: AbortSignal,
	) {}

	/** One request, once. @throws Stopped, or whatever keeps it from being answered */
	async once(method: string, path: string, sent: Sent = {}): Promise<Answer> {
		const query = new URLSearchParams(sent.query).toString();
		const url = `${this.connection.baseUrl}${path}${query === '' ? '' : `?${query}`}`;
		const body = typeof sent.json === 'string' || sent.json === undefined ? sent.json : JSON.stringify(sent.json);
		try {
			return await withTimeLimit(this.signal, TIMEOUT_MS, async (signal) => {
				// The key must not travel to another host.
				const answer = await fetch(url, { method, headers: this.headersOf(sent), body: sent.form ?? body, redirect: 'error', signal });
				const text = await answer.text();
				return { status: answer.status, headers: answer.headers, body: parse(text) };
			});
		} catch (error) {
			throw this.signal.aborted ? new Stopped() : error;
		}
	}

	/** The same, repeated while there are too many requests; for everything that is not about that. */
	async send(method: string, path: string, sent: Sent = {}): Promise<Answer> {
		for (let repeats = 0; ; repeats++) {
			const answer = await this.once(method, path, sent);
			if (answer.status !== 429 || repeats >= (sent.repeats ?? MOST_REPEATS)) return answer;
			const seconds = Number(answer.headers.get('retry-after'));
			await pause(seconds > 0 ? seconds * 1_000 : REPEAT_PAUSE_MS, this.signal);
		}
	}

	private headersOf({ json, headers }: Sent): Headers {
		const { apiKey, workspaceId } = this.connection;
		const wanted = {
			authorization: `Bearer ${apiKey}`,
			'x-extend-api-version': API_VERSION,
			'x-extend-workspace-id': workspaceId,
			'user-agent': 'n8n-nodes-extend-ai check:live',
			'content-type': json === undefined ? undefined : 'application/json',
			...headers,
		};
		return new Headers(Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined));
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
