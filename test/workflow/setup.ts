import { startEmulator, type Emulator, type EmulatorOptions, type RequestRecord } from '../emulator';
import type { INodeExecutionData } from 'n8n-workflow';
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

/**
 * What a node of another process comes to: it reaches Extend by another address, so that the two share nothing in memory.
 */
export async function runElsewhere({ extend }: Stage, options: Omit<NodeRunOptions, 'credential'>): Promise<NodeRunResult> {
	const credential = { apiKey: extend.apiKey, region: 'custom', baseUrl: extend.url.replace('127.0.0.1', 'localhost') };
	return await runNode({ ...options, credential });
}

export async function itemWith(content: string | Buffer, fileName = 'invoice.txt', mimeType = 'text/plain') {
	return { json: {}, binary: { data: await fileOf(content, fileName, mimeType) } };
}

/** The JSON bodies with which runs were started. */
export function startBodies(stage: Stage): unknown[] {
	return stage.requests('POST', /^\/classify_runs$/).map(({ body }) => body);
}

export interface BatchBody {
	classifier: { id: string; version?: string; overrideConfig?: object };
	inputs: Array<{ file: Record<string, unknown>; metadata: Record<string, unknown> }>;
	priority?: number;
}

/** The JSON bodies with which batches were started. */
export function batchBodies(stage: Stage): BatchBody[] {
	return stage.requests('POST', /^\/classify_runs\/batch$/).map(({ body }) => body as BatchBody);
}

/** Parameters with which each item's text is classified as part of a batch. */
export const inBatch = {
	resource: 'batchRun',
	operation: 'classify',
	classifier: SAVED,
	classifierVersion: '2.0',
	fileSource: 'text',
	text: '={{ $json.text }}',
};

/** Items with texts that tell them apart; every other one is an invoice, the others are contracts. */
export function numberedTexts(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, number) => ({ json: { number, text: `${number % 2 === 0 ? INVOICE : CONTRACT} No. ${number}` } }));
}
