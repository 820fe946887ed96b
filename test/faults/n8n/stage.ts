/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's assertions */
import assert from 'node:assert/strict';
import type { Item } from '../../../scripts/lib/n8nRest.mjs';
import { lookUntil } from '../../../scripts/lib/waiting.mjs';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../emulator';
import { phaseAt } from '../../emulator/runs/lifecycle';
import { SECRET_KEY } from '../../n8n/leaks';

const INVOICE = 'INVOICE number 4711. Amount due to the supplier: 120 EUR, payment within 14 days.';
const WAIT_EVERY_MS = 50;

/** All logging that n8n can do, so that the search for the key misses nothing. */
export const env = { N8N_LOG_LEVEL: 'debug' };

/** Parameters that classify an item's file, with the item's key. */
export const byKey = {
	classifier: { mode: 'id', value: 'cl_inbound_mail' },
	options: { idempotencyKey: '={{ $json.key }}', metadata: '={{ { document: $json.key } }}' },
};

/** A stand-in that takes no key but the one that is searched for. */
export async function startExtend(options: Partial<EmulatorOptions>): Promise<Emulator> {
	return await startEmulator({ apiKeys: [SECRET_KEY], ...options });
}

/** Items with a key and a document of their own. */
export function keyedItems(count: number, prefix: string): Item[] {
	return Array.from({ length: count }, (_, index) => {
		const key = `${prefix}-${index}`;
		const data = { mimeType: 'text/plain', fileName: `${key}.txt`, data: Buffer.from(`${INVOICE} ${key}`).toString('base64') };
		return { json: { key }, binary: { data } };
	});
}

/** Runs that stay open until the test ends them; see finishRuns. */
export const OPEN_END_MS = 3_600_000;

/** Lets all runs that are being processed end now. */
export function finishRuns({ store }: Emulator): void {
	for (const run of store.runs.values()) {
		const ageMs = Date.now() - run.createdAtMs;
		if (run.verdict !== undefined && run.verdict.runMs > ageMs) run.verdict.runMs = ageMs;
	}
}

/** How many runs the stand-in holds in each status. */
export function statusesOf({ store }: Emulator): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const run of store.runs.values()) {
		const { status } = phaseAt(run, Date.now());
		counts[status] = (counts[status] ?? 0) + 1;
	}
	return counts;
}

/** Requests of a kind that the stand-in has answered or is answering. */
export function countRequests(extend: Emulator, method: string, path: RegExp): number {
	return extend.requests.filter((request) => request.method === method && path.test(request.path)).length;
}

/** POST starts a run, GET lists runs. */
export const RUNS_PATH = /^\/classify_runs$/;
export const CANCEL_PATH = /^\/classify_runs\/[^/]+\/cancel$/;
export const UPLOAD_PATH = /^\/files\/upload$/;

/** Returns once it is so. @throws AssertionError when that takes longer than the limit */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, limitMs: number): Promise<void> {
	const isReached = await lookUntil(async () => (await isSo()) || undefined, { limitMs, intervalMs: WAIT_EVERY_MS });
	assert.ok(isReached, `Not reached within ${limitMs / 1_000} s: ${what}`);
}
