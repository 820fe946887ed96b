/* eslint-disable @n8n/community-nodes/no-restricted-imports -- serves tests of node's own runner */
import assert from 'node:assert/strict';
import { ENDED, type Item } from '../../scripts/lib/n8nRest.mjs';
import { lookUntil } from '../../scripts/lib/waiting.mjs';
import { startEmulator, type Emulator, type EmulatorOptions } from '../emulator';
import type { TestN8n } from '../n8n/testN8n';
import { chain, extendClassifyTrigger, type NodeSketch } from '../n8n/workflow';

export const PROCESSED = 'classify_run.processed';
export const FAILED = 'classify_run.failed';
/** Takes what the trigger brings. */
export const keep: NodeSketch = { name: 'Keep', type: 'n8n-nodes-base.noOp' };

const LIMIT_MS = 30_000;
const LOOK_MS = 50;
/** Looking keeps n8n from its work. */
const ITEMS_LOOK_MS = 300;

/** Pauses before a delivery is repeated: they grow, since one that comes back at once keeps a busy n8n busy for good. */
const FIRST_PAUSES_MS = [200, 400, 800, 1_600, 3_200];
const LAST_PAUSE_MS = 6_400;
/** Longer than any start of n8n takes, see scripts/lib/n8nServer.mjs. */
const REPEATED_FOR_MS = 300_000;

/** An emulator that repeats deliveries soon, and for minutes: n8n answers 404 until it has registered a webhook, or nothing. */
export async function startDeliveringExtend(options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
	const webhookRetriesMs = [...FIRST_PAUSES_MS, ...Array<number>(Math.ceil(REPEATED_FOR_MS / LAST_PAUSE_MS)).fill(LAST_PAUSE_MS)];
	return await startEmulator({ pendingMs: 5, runMs: 100, webhookRetriesMs, ...options });
}

/** Makes a workflow that begins with our trigger and activates it. Returns its ID. */
export async function activateTrigger(n8n: TestN8n, name: string, parameters: object = {}, credential = n8n.credential): Promise<string> {
	const workflow = await n8n.client.createWorkflow(chain(name, [extendClassifyTrigger(parameters, credential), keep]));
	await n8n.client.activate(workflow);
	return workflow;
}

/** The endpoints of a workflow at the stand-in, by its name. */
export function endpointsOf(extend: Emulator, name: string) {
	return [...extend.store.endpoints.values()].map(({ endpoint }) => endpoint).filter((endpoint) => endpoint.name.startsWith(`n8n: ${name} (`));
}

/** The one endpoint of a workflow. */
export function endpointOf(extend: Emulator, name: string) {
	const [endpoint, ...others] = endpointsOf(extend, name);
	assert.ok(endpoint !== undefined && others.length === 0, `${name} has ${endpointsOf(extend, name).length} endpoints`);
	return endpoint;
}

/** Starts a run somewhere else than in n8n. Returns its ID. @param emulator how it is to end */
export async function startRun(extend: Emulator, emulator: object = {}, text = 'Invoice'): Promise<string> {
	const headers = { authorization: `Bearer ${extend.apiKey}`, 'x-extend-api-version': '2026-02-09', 'content-type': 'application/json' };
	const body = JSON.stringify({ classifier: { id: 'cl_inbound_mail' }, file: { text }, metadata: { emulator } });
	const answer = await fetch(`${extend.url}/classify_runs`, { method: 'POST', headers, body });
	const { id } = (await answer.json()) as { id: string }; // a run, as Extend promises
	return id;
}

/** Returns once it is so. A look that does not succeed, as when n8n is too busy, is followed by the next. @throws AssertionError when that takes too long */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, limitMs = LIMIT_MS, intervalMs = LOOK_MS): Promise<void> {
	let thrown: unknown;
	const look = async (): Promise<true | undefined> => {
		try {
			return (await isSo()) ? true : undefined;
		} catch (caught) {
			thrown = caught;
			return undefined;
		}
	};
	const happened = await lookUntil(look, { limitMs, intervalMs });
	assert.ok(happened, `Not within ${limitMs / 1_000} s: ${what}. ${String(thrown ?? '')}`);
}

/** The items that a run has brought a workflow, once there are so many. @throws AssertionError when that takes too long */
export async function itemsOfRun(n8n: TestN8n, workflow: string, runId: string, count = 1): Promise<Item[]> {
	const ofRun = (items: Item[]): Item[] => items.filter(({ json }) => json.id === runId);
	return ofRun(await itemsOnce(n8n, workflow, (items) => ofRun(items).length >= count));
}

/** All items that a workflow was brought, once there are enough. @throws AssertionError when that takes too long */
export async function itemsOnce(n8n: TestN8n, workflow: string, areEnough: (items: Item[]) => boolean, limitMs = LIMIT_MS): Promise<Item[]> {
	const found: Item[] = [];
	const seen = new Set<string>();
	await until('enough items', async () => {
		for (const { id, status } of await n8n.client.listExecutions(workflow)) {
			if (seen.has(id) || !ENDED.has(status)) continue;
			const { itemsOf } = await n8n.client.getExecution(id);
			found.push(...itemsOf('Keep'));
			seen.add(id);
		}
		return areEnough(found);
	}, limitMs, ITEMS_LOOK_MS);
	return found;
}

/** Sees to it that a run which is started elsewhere brings the workflow one item. */
export async function expectItem(n8n: TestN8n, extend: Emulator, workflow: string): Promise<void> {
	const items = await itemsOfRun(n8n, workflow, await startRun(extend));
	assert.deepEqual(items.map(({ json }) => [json.category, json.eventType]), [['invoice', PROCESSED]]);
}
