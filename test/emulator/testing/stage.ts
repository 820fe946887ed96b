import { ExtendClient } from 'extend-ai';
import { startEmulator, type Emulator, type EmulatorOptions } from '../index';

export interface Stage {
	emulator: Emulator;
	/** Extend's own SDK, pointed at the emulator; it repeats nothing by itself. */
	client: ExtendClient;
	/** Moves the emulator's clock, which otherwise stands still. */
	advance: (ms: number) => void;
	call: (method: string, path: string, request?: RawRequest) => Promise<RawAnswer>;
}

export interface RawRequest {
	/** Sent as JSON, a string as it is. */
	json?: unknown;
	/** Added to those of a good request; an undefined one is left out. */
	headers?: Record<string, string | undefined>;
}

export interface RawAnswer {
	status: number;
	headers: Headers;
	body: unknown;
}

/** The documented start of time for tests. */
export const START_MS = Date.UTC(2026, 9, 5, 9, 12, 41);

/** A fresh emulator for each test of the file or block, with a clock that stands still. */
export function useStage(options: Partial<EmulatorOptions> = {}): () => Stage {
	let stage: Stage | undefined;
	beforeEach(async () => {
		stage = await openStage(options);
	});
	afterEach(async () => {
		await stage?.emulator.close();
		stage = undefined;
	});
	return () => {
		if (stage === undefined) throw new Error('The stage is only there while a test runs.');
		return stage;
	};
}

/** An emulator and what a test does with it. */
export async function openStage(options: Partial<EmulatorOptions> = {}): Promise<Stage> {
	let nowMs = START_MS;
	const emulator = await startEmulator({ nowMs: () => nowMs, seed: 1, ...options });
	const client = new ExtendClient({ token: emulator.apiKey, baseUrl: emulator.url, maxRetries: 0 });
	const advance = (ms: number) => {
		nowMs += ms;
	};
	const call: Stage['call'] = async (method, path, request = {}) => {
		const answer = await fetch(`${emulator.url}${path}`, buildRequest(method, request, emulator.apiKey));
		return await readAnswer(answer);
	};
	return { emulator, client, advance, call };
}

function buildRequest(method: string, { json, headers }: RawRequest, apiKey: string): RequestInit {
	const wanted = { authorization: `Bearer ${apiKey}`, 'x-extend-api-version': '2026-02-09', ...headers };
	const sent = new Headers();
	for (const [name, value] of Object.entries(wanted)) if (value !== undefined) sent.set(name, value);
	const body = typeof json === 'string' ? json : JSON.stringify(json);
	if (body !== undefined && !sent.has('content-type')) sent.set('content-type', 'application/json');
	return { method, headers: sent, body };
}

async function readAnswer(answer: Response): Promise<RawAnswer> {
	const { status, headers } = answer;
	const text = await answer.text();
	const isJson = headers.get('content-type')?.startsWith('application/json') ?? false;
	return { status, headers, body: isJson ? JSON.parse(text) : text };
}
