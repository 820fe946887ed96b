/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Item } from '../../scripts/lib/n8nRest.mjs';
import type { Emulator } from '../emulator';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import { FORGED_RUN, forgedDeliveries, genuineDelivery } from './forgedDeliveries';
import {
	activateTrigger,
	endpointOf,
	endpointsOf,
	expectItem,
	FAILED,
	itemsOfRun,
	itemsOnce,
	PROCESSED,
	startDeliveringExtend,
	startRun,
	until,
} from './triggerStage';

const RUNS_MEASURED = 10;
const PARALLEL = 200;
/** About twenty seconds where nothing else runs; a busy machine lets deliveries time out, which then come again. */
const MANY_LIMIT_MS = 400_000;
/** As a service repeats them that leaves a busy receiver its time: those that come back sooner than it is done never end. */
const GROWING_RETRIES_MS = [10_000, 20_000, 40_000, 80_000, 160_000];

describe('Extend Classify Trigger in a real n8n', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	before(async () => {
		extend = await startDeliveringExtend();
		n8n = await openN8n({ extend });
	});
	after(async () => {
		await n8n?.close();
		await extend?.close();
	});

	it('registers when activated, brings an item within a second, and is gone when deactivated', async (test: TestContext) => {
		const workflow = await activateTrigger(n8n, 'Life', { events: [PROCESSED] });
		const endpoint = endpointOf(extend, 'Life');
		assert.deepEqual([endpoint.status, endpoint.enabledEvents], ['enabled', [PROCESSED]]);
		assert.match(endpoint.url, /^http:\/\/localhost:\d+\/webhook\/[\w-]+\/extend$/);
		await expectItem(n8n, extend, workflow);
		const delays = await measureDelays(workflow);
		test.diagnostic(`from the end of a run to the end of its execution: ${delays.join(', ')} ms`);
		assert.ok((delays[RUNS_MEASURED / 2] ?? Infinity) < 1_000, `Half of the items came later than a second: ${delays.join(', ')} ms`);
		await n8n.client.deactivate(workflow);
		assert.deepEqual(endpointsOf(extend, 'Life'), []);
	});

	/** Milliseconds from the end of a run to the end of the execution that it starts, shortest first. */
	async function measureDelays(workflow: string): Promise<number[]> {
		const delays: number[] = [];
		for (let count = 2; count < RUNS_MEASURED + 2; count++) {
			const id = await startRun(extend);
			const [latest] = await n8n.client.waitForExecutions(workflow, count, 30_000);
			const { stoppedAt } = await n8n.client.request('GET', `/executions/${latest?.id}`);
			const run = extend.store.runs.get(id);
			delays.push(Date.parse(stoppedAt) - ((run?.createdAtMs ?? 0) + (run?.verdict?.runMs ?? 0)));
		}
		return delays.sort((left, right) => left - right);
	}

	it('brings every one of 200 events that come at once', async (test: TestContext) => {
		const workflow = await activateTrigger(n8n, 'Many', { events: [PROCESSED] });
		const { webhookRetriesMs } = extend.options;
		extend.options.webhookRetriesMs = GROWING_RETRIES_MS;
		test.after(() => {
			extend.options.webhookRetriesMs = webhookRetriesMs;
		});
		const first = await startRun(extend);
		await itemsOfRun(n8n, workflow, first);
		const endsAtMs = Date.now() + 3_000;
		const started = await Promise.all(Array.from({ length: PARALLEL }, async () => await startRun(extend, { runMs: endsAtMs - Date.now() })));
		const taken = () => new Set(extend.deliveries.filter(({ status }) => status === 200).map(({ eventId }) => eventId)).size;
		const takenBefore = taken();
		await until('n8n has taken them all', () => taken() >= takenBefore + PARALLEL, MANY_LIMIT_MS);
		test.diagnostic(`n8n had taken all of them ${Date.now() - endsAtMs} ms after they had ended`);
		const idsOf = (items: Item[]): Set<unknown> => new Set(items.map(({ json }) => json.id));
		const items = await itemsOnce(n8n, workflow, (brought) => started.every((id) => idsOf(brought).has(id)), MANY_LIMIT_MS);
		test.diagnostic(`${items.length - 1 - PARALLEL} of them came more than once`);
		// An n8n that answers late gets an event again, under the same ID.
		assert.equal(new Set(items.map(({ json }) => json.eventId)).size, PARALLEL + 1);
		assert.equal(idsOf(items).size, PARALLEL + 1);
		await n8n.client.deactivate(workflow);
	});

	it('starts nothing for what is not signed by Extend, in whatever form it comes', async () => {
		const workflow = await activateTrigger(n8n, 'Forged');
		const { id, url } = endpointOf(extend, 'Forged');
		const secret = extend.store.endpoints.get(id)?.signingSecret ?? '';
		for (const [what, request] of Object.entries(forgedDeliveries(secret))) {
			const { status } = await fetch(url, { method: 'POST', ...request });
			assert.ok(status >= 400 && status < 500, `${what} was answered with status ${status}`);
		}
		assert.equal((await fetch(url, { method: 'POST', ...genuineDelivery(secret) })).status, 200);
		assert.equal((await itemsOfRun(n8n, workflow, FORGED_RUN)).length, 1);
		assert.equal((await n8n.client.listExecutions(workflow)).length, 1);
		await n8n.client.deactivate(workflow);
	});

	it('follows a change of its settings when the workflow is published again', async () => {
		const workflow = await activateTrigger(n8n, 'Changed', { events: [FAILED] });
		const { versionId, nodes } = await n8n.client.request('GET', `/workflows/${workflow}`);
		const changed = nodes.map((node: { name: string }) => (node.name === 'Trigger' ? {
			...node,
			parameters: { events: [PROCESSED] },
		} : node));
		await n8n.client.request('PATCH', `/workflows/${workflow}`, { versionId, nodes: changed });
		await n8n.client.activate(workflow);
		assert.deepEqual(endpointOf(extend, 'Changed').enabledEvents, [PROCESSED]);
		// The secret that n8n has kept is that of the endpoint which is there now.
		await expectItem(n8n, extend, workflow);
		await n8n.client.deactivate(workflow);
		assert.deepEqual(endpointsOf(extend, 'Changed'), []);
	});

	it('listens beside the published workflow while somebody tests it, and leaves nothing behind', async () => {
		const workflow = await activateTrigger(n8n, 'Tested', { events: [PROCESSED] });
		await expectItem(n8n, extend, workflow);
		const { waitingForWebhook } = await n8n.client.request('POST', `/workflows/${workflow}/run`, { triggerToStartFrom: { name: 'Trigger' } });
		assert.equal(waitingForWebhook, true);
		const urls = endpointsOf(extend, 'Tested').map(({ url }) => new URL(url).pathname.split('/')[1]);
		assert.deepEqual(urls.sort(), ['webhook', 'webhook-test']);
		const id = await startRun(extend);
		// One execution of each, and the endpoint of the test is gone again.
		await itemsOfRun(n8n, workflow, id, 2);
		await until('the endpoint of the test is gone', () => endpointsOf(extend, 'Tested').length === 1);
		await expectItem(n8n, extend, workflow);
		await n8n.client.deactivate(workflow);
	});

	it('is not activated while Extend cannot be reached, and says so', async () => {
		const id = await n8n.client.saveCredential({
			name: 'Nowhere',
			type: 'extendApi',
			data: { apiKey: 'sk_test_x', region: 'custom', baseUrl: 'http://127.0.0.1:9' },
		});
		await assert.rejects(
			activateTrigger(n8n, 'Unreachable', {}, { id, name: 'Nowhere' }),
			/Extend could not be reached: the connection was refused/,
		);
	});

	it('logs what a deactivation has to leave at Extend, and removes it at the next activation', async () => {
		const workflow = await activateTrigger(n8n, 'Left', { events: [FAILED] });
		const { id } = endpointOf(extend, 'Left');
		extend.options.onRequest = ({ path }) => (path.startsWith('/webhook_endpoints') ? { kind: 'status', status: 503 } : undefined);
		await n8n.client.deactivate(workflow);
		assert.ok(n8n.readLog().includes(`the webhook endpoint ${id} (`));
		extend.options.onRequest = undefined;
		await n8n.client.activate(workflow);
		assert.notEqual(endpointOf(extend, 'Left').id, id);
		await n8n.client.deactivate(workflow);
		assert.deepEqual(endpointsOf(extend, 'Left'), []);
	});
});
