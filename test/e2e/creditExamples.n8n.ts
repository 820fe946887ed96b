/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startEmulator, type Emulator, type Outcome } from '../emulator';
import { findFaultsOf } from '../n8n/exampleFindings';
import { importExample } from '../n8n/examples';
import { openN8n, type TestN8n } from '../n8n/testN8n';

const WITHIN_MS = 60_000;
const API = 'https://api.extend.ai';
const SURE: Outcome = { confidence: 0.95 };
const UNSURE: Outcome = { confidence: 0.5 };
/** How the runs on a document end, one after the other. */
const LOOKS: Record<string, Outcome[]> = {
	'contract.txt': [UNSURE, SURE],
	'letter.txt': [UNSURE, UNSURE],
	'delivery-note.txt': [UNSURE, { status: 'FAILED', failureReason: 'PARSING_ERROR' }],
	'recipe.txt': [{ status: 'FAILED', failureReason: 'CORRUPT_FILE' }],
};

describe('the examples that save credits', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	before(async () => {
		extend = await startEmulator();
		n8n = await openN8n({ extend });
	});
	after(async () => {
		await n8n?.close();
		await extend?.close();
	});
	beforeEach(() => {
		extend.requests.splice(0);
		extend.store.runs.clear();
		extend.options.outcome = undefined;
	});

	async function run(workflow: string) {
		const execution = await n8n.client.waitForExecution(await n8n.client.runWorkflow(workflow, 'Start by Hand'), WITHIN_MS);
		assert.equal(execution?.status, 'success', JSON.stringify(execution?.error));
		return (node: string, output = 0) => execution.itemsOf(node, output).map(({ json }) => json);
	}

	it('ask Instant first and Performance in doubt, which costs no second reading', async () => {
		const looks = new Map<string, number>();
		extend.options.outcome = ({ fileName }) => {
			const count = looks.get(fileName ?? '') ?? 0;
			looks.set(fileName ?? '', count + 1);
			return LOOKS[fileName ?? '']?.[count] ?? SURE;
		};
		const at = await run(await importExample(n8n, 'second-opinion'));
		const namesFrom = (node: string) => [0, 1, 2].map((output) => at(node, output).map(({ fileName }) => fileName).sort());
		const [doubtful, failed] = [['contract.txt', 'delivery-note.txt', 'letter.txt'], ['recipe.txt']];
		assert.deepEqual(namesFrom('First Look'), [['invoice.txt'], doubtful, failed]);
		assert.deepEqual(namesFrom('Second Opinion'), [['contract.txt'], ['letter.txt'], ['delivery-note.txt']]);
		// The last items to arrive: those of the first look came before.
		assert.deepEqual(at('Go On').map(({ fileName }) => fileName), ['contract.txt']);
		assert.deepEqual(at('Ask a Person').map(({ fileName }) => fileName), ['letter.txt']);

		const runs = [...extend.store.runs.values()];
		const withProcessor = (name: string) => runs.filter(({ config }) => config.baseProcessor === name);
		assert.equal(withProcessor('classification_instant').length, 5);
		assert.equal(withProcessor('classification_performance').length, 3);
		const creditsOf = (node: string) => [...new Set([...at(node, 0), ...at(node, 1)].map(({ credits }) => credits))];
		assert.deepEqual(creditsOf('First Look'), [2.1]);
		assert.deepEqual(creditsOf('Second Opinion'), [1]);
	});

	it('extract the fields of invoices from the files that were classified, which costs no second reading', async () => {
		const at = await run(await importExample(n8n, 'classify-then-extract', { replace: { [API]: extend.url } }));
		const invoices = at('Fields').sort((left, right) => String(left.document).localeCompare(String(right.document)));
		assert.deepEqual(invoices, [
			{ document: 'invoice-services.txt', invoiceNumber: '88213', supplier: 'Harbour Works', amountDue: 89.9, dueDate: '2026-12-11', credits: 3 },
			{ document: 'invoice.txt', invoiceNumber: '2026-0417', supplier: 'Lindqvist Paper AB', amountDue: 1240, dueDate: '2026-12-04', credits: 3 },
		]);
		assert.deepEqual(at('Look Into It'), []);
		assert.equal(extend.requests.filter(({ method, path }) => method === 'POST' && path === '/extract_runs').length, 2);
		assert.equal(at('File Away').length + at('Ask a Person').length, 2);
	});

	it('wait for an extraction that takes longer', async () => {
		extend.options.runMs = ({ metadata }) => (metadata === null ? 8_000 : 100);
		const at = await run(await importExample(n8n, 'classify-then-extract', { replace: { [API]: extend.url, '"amount": 5': '"amount": 3' } }));
		extend.options.runMs = 100;
		assert.equal(at('Fields').length, 2);
		const reads = extend.requests.filter(({ method, path }) => method === 'GET' && path.startsWith('/extract_runs/'));
		assert.ok(reads.length > 2, `${reads.length} reads`);
	});

	for (const name of ['second-opinion', 'classify-then-extract', 'classify-documents']) {
		it(`run ${name} right after the import`, async () => {
			assert.deepEqual(await findFaultsOf(n8n, name), []);
		});
	}
});
