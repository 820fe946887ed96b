import { startEmulator, type Emulator } from '../emulator';
import { binaryOf, runNode, type NodeRunOptions } from './engine';

const categories = {
	category: [
		{ id: 'invoice', type: '', description: 'A supplier asks for payment, with an invoice number and an amount due' },
		{ id: 'contract', type: '', description: 'An agreement between two parties, signed by both' },
	],
};
const INVOICE = 'INVOICE number 4711. Amount due to the supplier: 120 EUR, payment within 14 days.';

let extend: Emulator;
const credential = () => ({ apiKey: extend.apiKey, region: 'custom', baseUrl: extend.url });
const run = async (options: Omit<NodeRunOptions, 'credential'>) => await runNode({ credential: credential(), ...options });

beforeEach(async () => {
	extend = await startEmulator({ pendingMs: 10, runMs: 50 });
});
afterEach(async () => {
	await extend.close();
});

describe('Classify and Wait', () => {
	it('uploads a file, starts a run, waits for it and gives its category', async () => {
		const items = [{ json: { mail: 1 }, binary: await binaryOf(INVOICE, 'invoice.txt', 'text/plain') }];
		const { json, outputs, error } = await run({ parameters: { classifyWith: 'categories', categories }, items });
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining({ status: 'PROCESSED', category: 'invoice', fileName: 'invoice.txt', binaryField: 'data' })]);
		expect(outputs[0]?.[0]?.pairedItem).toEqual({ item: 0 });
	});
});
