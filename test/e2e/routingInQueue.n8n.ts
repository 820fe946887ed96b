/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startEmulator, type Emulator } from '../emulator';
import { openQueue, type QueueN8n } from '../n8n/queue';
import { extendClassify, fan } from '../n8n/workflow';

const INVOICE = 'INVOICE number 4711. The supplier asks for payment of the amount due.';
/** How the stand-in ends the run of each item; the last one has no text, so that nothing is started for it. */
const ENDINGS = [{}, { confidence: 0.5 }, { failureReason: 'OUT_OF_CREDITS' }, { category: 'bill_of_lading' }, { confidence: 0.8 }];
const ITEMS = [...ENDINGS.map((ending) => `${INVOICE}\nemulator: ${JSON.stringify(ending)}`), ''].map((text, n) => ({ json: { n, text } }));

describe('routing by a worker of n8n in queue mode', () => {
	let extend: Emulator;
	let n8n: QueueN8n;
	before(async () => {
		extend = await startEmulator();
		n8n = await openQueue({ extend, workers: 1 });
	});
	after(async () => {
		await n8n?.close();
		await extend?.close();
	});

	for (const [routing, expected] of [
		[{ routeBy: 'category', routeCategories: { route: [{ category: 'invoice' }] } }, [[3], [1], [2], [0, 4], [5]]],
		[{ routeBy: 'status' }, [[0, 1, 3, 4], [2], [], [], [5]]],
	] as const) {
		it(`leaves by the outputs of ${routing.routeBy}, the error output last, each item paired to its own`, async () => {
			const parameters = { classifier: { mode: 'id', value: 'cl_inbound_mail' }, fileSource: 'text', text: '={{ $json.text }}', ...routing };
			const classify = extendClassify(parameters, n8n.credential, { onError: 'continueErrorOutput' });
			const workflow = await n8n.client.createWorkflow(fan('Routing', classify, expected.length));
			const execution = await n8n.client.waitForExecution(await n8n.client.runWithItems(workflow, 'Trigger', ITEMS), 60_000);
			assert.equal(execution?.status, 'success');
			const behind = expected.map((_, output) => execution.itemsOf(`After ${output}`).map(({ json }) => json.n));
			assert.deepEqual(behind, expected);
		});
	}
});
