/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Emulator } from '../emulator';
import { Gateway } from '../n8n/gateway';
import { openQueue, type QueueN8n } from '../n8n/queue';
import { activateTrigger, endpointOf, endpointsOf, expectItem, PROCESSED, startDeliveringExtend } from './triggerStage';

describe('Extend Classify Trigger in queue mode', () => {
	const gateway = new Gateway();
	let extend: Emulator;
	let n8n: QueueN8n;
	before(async () => {
		extend = await startDeliveringExtend();
		const env = { WEBHOOK_URL: await gateway.open() };
		n8n = await openQueue({ extend, workers: 1, hasWebhookProcess: true, env });
		gateway.target = n8n.webhooks?.baseUrl ?? '';
	});
	after(async () => {
		await n8n?.close();
		await gateway.close();
		await extend?.close();
	});

	it('registers in main, takes deliveries in the webhook process, and runs workflows on the worker', async () => {
		const workflow = await activateTrigger(n8n, 'Queued', { events: [PROCESSED] });
		assert.ok(endpointOf(extend, 'Queued').url.startsWith('http://127.0.0.1:'));
		await expectItem(n8n, extend, workflow);
		assert.ok(gateway.seen > 0);
		const [execution] = await n8n.client.listExecutions(workflow);
		assert.ok(n8n.workers[0]?.readLog().includes(`execution ${execution?.id}`), 'The worker does not name the execution in its log');
	});

	it('refuses in the webhook process what is not signed', async () => {
		const { url } = endpointOf(extend, 'Queued');
		const body = JSON.stringify({ eventId: 'evt_1', eventType: PROCESSED, payload: { id: 'clr_forged' } });
		const headers = {
			'content-type': 'application/json',
			'x-extend-request-timestamp': `${Math.floor(Date.now() / 1_000)}`,
			'x-extend-request-signature': '0'.repeat(64),
		};
		const answer = await fetch(url, { method: 'POST', body, headers });
		assert.deepEqual([answer.status, await answer.json()], [401, { message: 'The signature does not match.' }]);
	});

	it('goes on after the webhook process was restarted', async () => {
		const workflow = await activateTrigger(n8n, 'Again', { events: [PROCESSED] });
		await n8n.webhooks?.restart();
		await expectItem(n8n, extend, workflow);
		await n8n.client.deactivate(workflow);
		assert.deepEqual(endpointsOf(extend, 'Again'), []);
	});
});
