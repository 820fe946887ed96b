/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- uses node's test runner, and changes n8n's database */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Emulator } from '../emulator';
import { Gateway } from '../n8n/gateway';
import { ensureInstalled } from '../n8n/installation';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import {
	activateTrigger,
	endpointOf,
	expectItem,
	FAILED,
	itemsOfRun,
	PROCESSED,
	startDeliveringExtend,
	startRun,
	until,
} from './triggerStage';

const ONE_CLASSIFIER = { scope: 'classifier', classifier: { __rl: true, mode: 'id', value: 'cl_inbound_mail' } };

let extend: Emulator;
let n8n: TestN8n;

/** Closes what a block has opened. */
async function close(): Promise<void> {
	await n8n?.close();
	await extend?.close();
}

function stored(id: string) {
	const endpoint = extend.store.endpoints.get(id);
	assert.ok(endpoint !== undefined);
	return endpoint;
}

describe('Extend Classify Trigger when n8n restarts', () => {
	const gateway = new Gateway();
	before(async () => {
		extend = await startDeliveringExtend();
		n8n = await openN8n({ extend, env: { WEBHOOK_URL: await gateway.open() } });
		gateway.target = n8n.main.baseUrl;
	});
	after(async () => {
		await close();
		await gateway.close();
	});

	/** Ends n8n in this way and starts it again. As long as it is not ready nothing reaches it, see docs/trigger.md. */
	async function restart(end: () => Promise<unknown>, whileDown = async (): Promise<void> => undefined): Promise<void> {
		gateway.target = '';
		await end();
		await whileDown();
		await n8n.main.start();
		gateway.target = n8n.main.baseUrl;
	}

	it('goes on with the same endpoint after a shutdown and after a kill', async () => {
		const workflow = await activateTrigger(n8n, 'Restarted');
		const { id } = endpointOf(extend, 'Restarted');
		await expectItem(n8n, extend, workflow);
		await restart(async () => await n8n.main.stop());
		await expectItem(n8n, extend, workflow);
		await restart(async () => await n8n.main.kill());
		await expectItem(n8n, extend, workflow);
		assert.equal(endpointOf(extend, 'Restarted').id, id);
	});

	it('brings what happened while n8n was down, once it is up again', async () => {
		const workflow = await activateTrigger(n8n, 'Down');
		await expectItem(n8n, extend, workflow);
		let id = '';
		await restart(async () => await n8n.main.kill(), async () => {
			id = await startRun(extend);
			await until('the event was sent in vain', () => extend.deliveries.at(-1)?.status === 502);
		});
		assert.equal((await itemsOfRun(n8n, workflow, id)).length, 1);
	});
});

/** What has drifted, in a workflow of its own; each is spoilt while n8n is down. */
const DRIFTS: Array<{ name: string; parameters?: object; spoil: (id: string) => void; keepsEndpoint: boolean }> = [
	{ name: 'Disabled', keepsEndpoint: true, spoil: (id) => (stored(id).endpoint = { ...stored(id).endpoint, status: 'disabled' }) },
	{ name: 'Other events', keepsEndpoint: true, spoil: (id) => (stored(id).endpoint = { ...stored(id).endpoint, enabledEvents: [FAILED] }) },
	{ name: 'Deleted', keepsEndpoint: false, spoil: (id) => extend.store.endpoints.delete(id) },
	{ name: 'Unsubscribed', parameters: ONE_CLASSIFIER, keepsEndpoint: true, spoil: unsubscribe },
	{ name: 'Secret lost', keepsEndpoint: false, spoil: () => undefined },
];

function unsubscribe(endpointId: string): void {
	for (const { subscription } of extend.store.subscriptions.values()) {
		if (subscription.webhookEndpointId === endpointId) extend.store.subscriptions.delete(subscription.id);
	}
}

/** Takes from n8n's database what a workflow's trigger has kept. Only the Node of n8n can read it. */
async function forgetSecret(workflow: string): Promise<void> {
	const { nodePath } = await ensureInstalled();
	const script = `
		const { DatabaseSync } = require('node:sqlite');
		const { changes } = new DatabaseSync(process.argv[1]).prepare('UPDATE workflow_entity SET staticData = NULL WHERE id = ?').run(process.argv[2]);
		process.exitCode = changes === 1 ? 0 : 1;`;
	execFileSync(nodePath, ['--eval', script, join(n8n.main.userFolder, '.n8n', 'database.sqlite'), workflow], { stdio: 'ignore' });
}

describe('Extend Classify Trigger that has drifted', () => {
	const workflows: string[] = [];
	const idsBefore: string[] = [];
	before(async () => {
		extend = await startDeliveringExtend();
		// Former versions of n8n check their webhooks when they start, and this one does when it is told to.
		n8n = await openN8n({ extend, env: { N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'false' } });
		for (const { name, parameters } of DRIFTS) workflows.push(await activateTrigger(n8n, name, parameters));
		idsBefore.push(...DRIFTS.map(({ name }) => endpointOf(extend, name).id));
		await n8n.main.stop();
		DRIFTS.forEach(({ spoil }, index) => spoil(idsBefore[index] ?? ''));
		await forgetSecret(workflows.at(-1) ?? '');
		await n8n.main.start();
		await until('all are active again', () => n8n.readLog().split('Activated workflow ').length > DRIFTS.length);
	});
	after(close);

	DRIFTS.forEach(({ name, parameters, keepsEndpoint }, index) => {
		it(`is repaired when n8n starts and checks it: ${name}`, async () => {
			await expectItem(n8n, extend, workflows[index] ?? '');
			const { id, status, enabledEvents } = endpointOf(extend, name);
			assert.deepEqual(
				[id === idsBefore[index], status, enabledEvents],
				[keepsEndpoint, 'enabled', parameters === undefined ? [PROCESSED, FAILED] : []],
			);
		});
	});

	it('is repaired when it is deactivated and activated again', async () => {
		for (const [index, { name, spoil }] of DRIFTS.entries()) {
			const workflow = workflows[index] ?? '';
			spoil(endpointOf(extend, name).id);
			if (index === DRIFTS.length - 1) await forgetSecret(workflow);
			await n8n.client.deactivate(workflow);
			await n8n.client.activate(workflow);
			assert.equal(endpointOf(extend, name).status, 'enabled');
		}
		const id = await startRun(extend);
		for (const workflow of workflows) assert.equal((await itemsOfRun(n8n, workflow, id)).length, 1);
	});
});
