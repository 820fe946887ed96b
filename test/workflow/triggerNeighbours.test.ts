import type { TriggerHost } from './triggerHost';
import { registeredId, TriggerStage } from './triggerStage';

let stage: TriggerStage;
let host: TriggerHost;

beforeEach(async () => {
	stage = await TriggerStage.open();
	host = await stage.openHost();
	await host.activate();
});
afterEach(async () => await stage.close());

describe('neighbours', () => {
	it('never disturb each other: test and production, two workflows, two n8n', async () => {
		// The test has the address of the same n8n, under another path.
		const test = await stage.openHost({ isTest: true, publicUrl: new URL(host.webhookUrl).origin });
		const other = await stage.openHost({ workflow: { id: 'w2', name: 'Inbound mail' }, webhookId: 'another-one' });
		const elsewhere = await stage.openHost();
		const all = [host, test, other, elsewhere];
		for (const each of all.slice(1)) await each.activate();
		const ids = all.map(registeredId);
		expect(new Set(ids).size).toBe(4);
		for (const each of all) await each.activate('init');
		expect(all.map(registeredId)).toEqual(ids);
		for (const each of [test, other, elsewhere]) await each.deactivate();
		expect(stage.endpointIds()).toEqual([ids[0]]);
		await stage.expectDelivery(host);
	});

	it('of the same address, made by hand, are left alone, and so is an endpoint whose address was changed', async () => {
		const id = registeredId(host);
		stage.copyEndpoint(id, { id: 'wh_by_hand', name: 'By hand' });
		stage.alter(id, { url: 'https://elsewhere.example.com/webhook' });
		await host.activate('init');
		expect(stage.endpointIds()).toEqual([id, 'wh_by_hand', registeredId(host)]);
		await host.deactivate();
		expect(stage.endpointIds()).toEqual([id, 'wh_by_hand']);
	});
});

describe('a copy of n8n\'s database', () => {
	let copy: TriggerHost;
	beforeEach(async () => {
		copy = await stage.openHost();
		copy.savedStaticData = host.savedStaticData;
	});

	it('leaves the original alone, when it is deactivated at once', async () => {
		await copy.deactivate();
		expect(stage.endpointIds()).toEqual([registeredId(host)]);
		expect(copy.log).toEqual([expect.stringContaining(`for the former address ${host.webhookUrl} stays at Extend`)]);
	});

	it('leaves the original alone, when it is deactivated while its credential cannot be used', async () => {
		const { credential } = copy.setUp;
		copy.setUp.credential = { ...credential, baseUrl: 'extend.example.com' };
		await copy.deactivate();
		copy.setUp.credential = credential;
		await copy.activate();
		expect(stage.endpointIds()).toContain(registeredId(host));
		await stage.expectDelivery(host);
	});

	it('leaves the original alone, when it is activated, and says what stays', async () => {
		await copy.activate('init');
		expect(copy.log).toEqual([expect.stringContaining(`for the former address ${host.webhookUrl} stays at Extend`)]);
		await stage.expectDelivery(host);
		await copy.deactivate();
		await host.activate('init');
		expect(stage.endpointIds()).toEqual([registeredId(host)]);
		await stage.expectDelivery(host);
	});

	it('leaves the original alone, when it is deactivated while Extend cannot be reached', async () => {
		stage.extend.options.onRequest = () => ({ kind: 'status', status: 403 });
		await copy.deactivate();
		stage.extend.options.onRequest = undefined;
		await copy.activate();
		expect(stage.endpointIds()).toContain(registeredId(host));
		await stage.expectDelivery(host);
	});
});

/** In n8n 1 an imported workflow keeps its webhook IDs, so it has the address of the one it is a copy of. */
describe('a copy of an active workflow in the same n8n, with the same address', () => {
	let copy: TriggerHost;
	beforeEach(async () => {
		copy = await stage.openHost({ workflow: { id: 'w2', name: 'Inbound mail copy' }, publicUrl: new URL(host.webhookUrl).origin });
	});

	it.each([
		['as imported', () => undefined],
		['with the static data of the original', () => (copy.savedStaticData = host.savedStaticData)],
	])('is not activated, and says which endpoint stands there and what to do: %s', async (_what, prepare) => {
		prepare();
		const id = registeredId(host);
		const name = stage.endpoints()[0]?.name ?? '';
		for (const mode of ['activate', 'init'] as const) {
			const message = expect.stringMatching(/^Another workflow receives Extend's events at the address of this trigger.*delete this trigger and add a new one/);
			await expect(copy.activate(mode)).rejects.toMatchObject({ message });
			await expect(copy.activate(mode)).rejects.toMatchObject({ message: expect.stringContaining(`"${name}" (${id})`) });
		}
		expect(stage.endpoints()).toEqual([expect.objectContaining({ id, name })]);
		await stage.expectDelivery(host);
	});

	it('never removes the endpoint of the original, even with its static data', async () => {
		copy.savedStaticData = host.savedStaticData;
		await copy.deactivate();
		copy.savedStaticData = host.savedStaticData;
		stage.extend.options.onRequest = () => ({ kind: 'status', status: 500 });
		await copy.deactivate();
		stage.extend.options.onRequest = undefined;
		await expect(copy.activate()).rejects.toThrow('Another workflow');
		expect(stage.endpointIds()).toEqual([registeredId(host)]);
		await stage.expectDelivery(host);
	});

	it('can be activated once the original is not active any more, and then keeps the original out', async () => {
		await host.deactivate();
		await copy.activate();
		expect(stage.endpointIds()).toEqual([registeredId(copy)]);
		await expect(host.activate()).rejects.toThrow('Inbound mail copy');
		expect(stage.endpointIds()).toEqual([registeredId(copy)]);
	});

	it('is refused while it is tested in the editor, if the original is tested there', async () => {
		const test = await stage.openHost({ isTest: true, publicUrl: new URL(host.webhookUrl).origin });
		await test.activate('manual');
		copy.setUp.isTest = true;
		await expect(copy.activate('manual')).rejects.toThrow('Another workflow');
		expect(stage.endpointIds()).toEqual([registeredId(host), registeredId(test)]);
	});
});
