import { startEmulator, type Emulator, type EmulatorOptions, type RequestRecord } from '../emulator';
import { fileOf, runNode, type NodeRunOptions, type NodeRunResult } from './engine';
import { findSecret } from './leaks';
import { logCalls } from './logs';

/** Categories as a user enters them, types left out. */
export const categories = {
	category: [
		{ id: 'invoice', type: '', description: 'A supplier asks for payment, with an invoice number and an amount due' },
		{ id: 'contract', type: '', description: 'An agreement between two parties, signed by both' },
	],
};
export const INVOICE = 'INVOICE number 4711. Amount due to the supplier: 120 EUR, payment within 14 days.';
export const CONTRACT = 'This agreement between two parties is a contract. It is signed by both parties.';

/** Parameters with which an item's file is classified by categories given in the node. */
export const byCategories = { classifyWith: 'categories', categories };
export const byText = { ...byCategories, fileSource: 'text' };
/** A classifier of the stand-in with versions. */
export const SAVED = { mode: 'id', value: 'cl_inbound_mail' };

export interface Stage {
	extend: Emulator;
	run: (options: Omit<NodeRunOptions, 'credential'>) => Promise<NodeRunResult>;
	requests: (method: string, path: RegExp) => RequestRecord[];
}

/** A stand-in for each test, and the node connected to it. Nothing that comes out of a run, nor n8n's log, may hold the key. */
export async function openStage(options: Partial<EmulatorOptions> = {}): Promise<Stage> {
	const extend = await startEmulator({ pendingMs: 5, runMs: 30, ...options });
	const credential = { apiKey: extend.apiKey, region: 'custom', baseUrl: extend.url };
	return {
		extend,
		run: async (nodeOptions) => {
			const before = logCalls().length;
			const result = await runNode({ credential, ...nodeOptions });
			expect(findSecret(extend.apiKey, result, logCalls().slice(before))).toEqual([]);
			return result;
		},
		requests: (method, path) => extend.requests.filter((request) => request.method === method && path.test(request.path)),
	};
}

export async function itemWith(content: string | Buffer, fileName = 'invoice.txt', mimeType = 'text/plain') {
	return { json: {}, binary: { data: await fileOf(content, fileName, mimeType) } };
}

/** The JSON bodies with which runs were started. */
export function startBodies(stage: Stage): unknown[] {
	return stage.requests('POST', /^\/classify_runs$/).map(({ body }) => body);
}
