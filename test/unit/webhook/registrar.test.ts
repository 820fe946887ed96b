import type { JsonObject } from '../../../nodes/Extend/api/json';
import type { DesiredEndpoint, TriggerState } from '../../../nodes/Extend/webhook/registration';
import { answer } from '../support/answers';
import type { FakeWebhooks } from '../support/fakeWebhooks';
import { faultOf } from '../support/faults';
import { desired, endpoint, EVENTS, foreign, idsAt, known, NOTHING, registered, setUp, URL } from '../support/registrarSetUp';

const scoped: DesiredEndpoint = { ...desired, classifierId: 'cl_1' };

describe('Registrar.isComplete', () => {
	it('is true when the endpoint is there as desired, beside those of others', async () => {
		const { extend, registrar } = setUp(known, [foreign, endpoint()]);
		expect(await registrar.isComplete()).toBe(true);
		expect(extend.changes).toEqual([]);
	});

	it('asks nothing when n8n remembers no endpoint', async () => {
		const { extend, registrar } = setUp(NOTHING, [endpoint()]);
		expect(await registrar.isComplete()).toBe(false);
		expect(extend.asked).toEqual([]);
	});

	it.each<[string, TriggerState, JsonObject[]]>([
		['gone', known, []],
		['disabled', known, [endpoint({ status: 'disabled' })]],
		['of another version', known, [endpoint({ apiVersion: '2025-04-21' })]],
		['not alone', known, [endpoint(), endpoint({ id: 'wh_2' })]],
		['there, and one is left behind', { registered, pendingRemovals: [{ id: 'wh_old', url: 'https://old.example' }] }, [endpoint()]],
	])('is false when the endpoint is %s', async (_, state, endpoints) => {
		expect(await setUp(state, endpoints).registrar.isComplete()).toBe(false);
	});

	it('looks for the remembered endpoint by its ID when the list does not show it', async () => {
		const { extend, registrar } = setUp(known, [foreign, endpoint()]);
		extend.unlisted.add('wh_1');
		expect(await registrar.isComplete()).toBe(true);
		expect(extend.asked).toContain('GET /webhook_endpoints/wh_1');
	});

	it('asks for no single endpoint when the list shows it', async () => {
		const { extend, registrar } = setUp(known, [endpoint()]);
		await registrar.isComplete();
		expect(extend.asked).toEqual(['GET /webhook_endpoints', 'GET /webhook_subscriptions']);
	});
});

describe('Registrar.register', () => {
	it('makes an endpoint for the events of the workspace', async () => {
		const { extend, registrar } = setUp(NOTHING, [foreign]);
		expect(await registrar.register()).toEqual({ registered: { id: 'wh_made_1', url: URL, signingSecret: 'wss_made_1' }, unremoved: [] });
		expect(extend.endpoints[1]).toMatchObject({ url: URL, name: desired.name, enabledEvents: EVENTS });
		expect([idsAt(extend), extend.subscriptions]).toEqual([['wh_foreign', 'wh_made_1'], []]);
	});

	it('makes an endpoint and a subscription for the events of one classifier', async () => {
		const { extend, registrar } = setUp(NOTHING, [], scoped);
		await registrar.register();
		expect(extend.endpoints).toMatchObject([{ id: 'wh_made_1', enabledEvents: [] }]);
		expect(extend.subscriptions).toMatchObject([{ webhookEndpointId: 'wh_made_1', resourceType: 'classifier', resourceId: 'cl_1', enabledEvents: EVENTS }]);
	});

	it('repairs what has drifted, and keeps the secret', async () => {
		const { extend, registrar } = setUp(known, [endpoint({ status: 'disabled' })], scoped);
		extend.subscriptions = [{ id: 'whs_old', webhookEndpointId: 'wh_1', resourceId: 'cl_old', enabledEvents: EVENTS }];
		expect(await registrar.register()).toEqual({ registered, unremoved: [] });
		expect(extend.changes).toEqual(['POST /webhook_subscriptions', 'POST /webhook_endpoints/wh_1', 'DELETE /webhook_subscriptions/whs_old']);
		expect(extend.endpoints).toMatchObject([{ status: 'enabled', enabledEvents: [] }]);
		expect(extend.subscriptions).toMatchObject([{ resourceId: 'cl_1' }]);
	});

	it('names the endpoint after its workflow again', async () => {
		const { extend, registrar } = setUp(known, [endpoint({ name: 'n8n: Former name [a1b2c3d4e5f6]' })]);
		expect(await registrar.isComplete()).toBe(false);
		await registrar.register();
		expect(extend.endpoints).toMatchObject([{ id: 'wh_1', name: desired.name, enabledEvents: EVENTS }]);
		expect(extend.changes).toEqual(['POST /webhook_endpoints/wh_1']);
	});

	it('removes everything else of this trigger, and tells what would not go', async () => {
		const state = { registered, pendingRemovals: [{ id: 'wh_old', url: 'https://old.example/x' }] };
		const { extend, registrar } = setUp(state, [endpoint(), endpoint({ id: 'wh_2' }), endpoint({ id: 'wh_old', url: 'https://old.example/x' }), foreign]);
		extend.fault = ({ method, path }) => (method === 'DELETE' && path.endsWith('wh_old') ? answer(403, { code: 'NO' }) : undefined);
		const { unremoved } = await registrar.register();
		expect(unremoved).toEqual([{ id: 'wh_old', url: 'https://old.example/x', cause: expect.objectContaining({ facts: expect.objectContaining({ status: 403 }) }) }]);
		expect(idsAt(extend)).toEqual(['wh_1', 'wh_old', 'wh_foreign']);
	});

	it('does not make another endpoint when Extend refuses one', async () => {
		const { extend, registrar } = setUp(NOTHING);
		extend.fault = ({ method }) => (method === 'POST' ? answer(402, { code: 'USAGE_BLOCKED' }) : undefined);
		expect((await faultOf(registrar.register())).facts.code).toBe('USAGE_BLOCKED');
		expect(extend.asked).toEqual(['GET /webhook_endpoints', 'POST /webhook_endpoints']);
		expect(extend.clock.pausesMs).toEqual([]);
	});
});

describe('Registrar.register, when the answer to a creation is lost', () => {
	/** The first so many creations act, and nobody hears of it. */
	const loseAnswers = (extend: FakeWebhooks, count: number): void => {
		let lost = 0;
		extend.faultAfter = ({ method, path }) => (method === 'POST' && path === '/webhook_endpoints' && lost++ < count ? { kind: 'lost', cause: 'it was cut' } : undefined);
	};

	it('removes the endpoint whose secret nobody knows, makes another, and leaves what was there before', async () => {
		const { extend, registrar } = setUp(NOTHING, [foreign]);
		loseAnswers(extend, 1);
		expect((await registrar.register()).registered).toEqual({ id: 'wh_made_2', url: URL, signingSecret: 'wss_made_2' });
		expect(idsAt(extend)).toEqual(['wh_foreign', 'wh_made_2']);
		expect(extend.clock.pausesMs).toEqual([300]);
	});

	it('leaves an endpoint of its own that it knew before until the new one is there', async () => {
		const { extend, registrar } = setUp(NOTHING, [endpoint({ id: 'wh_lost_secret' })]);
		loseAnswers(extend, 1);
		await registrar.register();
		expect(extend.changes).toEqual(['POST /webhook_endpoints', 'DELETE /webhook_endpoints/wh_made_1', 'POST /webhook_endpoints', 'DELETE /webhook_endpoints/wh_lost_secret']);
	});

	it('looks again when the list lags behind', async () => {
		const { extend, registrar } = setUp(NOTHING);
		loseAnswers(extend, 1);
		extend.unlisted.add('wh_made_1');
		extend.clock.after(1_000, () => extend.unlisted.clear());
		await registrar.register();
		expect(extend.clock.pausesMs).toEqual([300, 1_000]);
		expect(idsAt(extend)).toEqual(['wh_made_2']);
	});

	it('makes another when none shows up', async () => {
		const { extend, registrar } = setUp(NOTHING);
		let isFirst = true;
		extend.fault = ({ method }) => {
			if (method !== 'POST' || !isFirst) return undefined;
			isFirst = false;
			return { kind: 'lost', cause: 'it was cut' };
		};
		expect((await registrar.register()).registered.id).toBe('wh_made_1');
		expect(extend.clock.pausesMs).toEqual([300, 1_000, 2_500]);
	});

	it('gives up after the third time', async () => {
		const { extend, registrar } = setUp(NOTHING);
		loseAnswers(extend, 9);
		expect((await faultOf(registrar.register())).message).toContain('it was cut');
		expect(extend.changes.filter((line) => line.startsWith('POST'))).toHaveLength(3);
		expect(extend.endpoints).toEqual([]);
	});
});

describe('Registrar.unregister', () => {
	it('removes what is this trigger\'s, and nothing else', async () => {
		const { extend, registrar } = setUp(known, [endpoint(), foreign, endpoint({ id: 'wh_2' })]);
		expect(await registrar.unregister()).toEqual([]);
		expect(idsAt(extend)).toEqual(['wh_foreign']);
	});

	it('tells which one would not go, and removes the others', async () => {
		const { extend, registrar } = setUp(known, [endpoint(), endpoint({ id: 'wh_2' })]);
		extend.fault = ({ method, path }) => (method === 'DELETE' && path.endsWith('wh_1') ? answer(403, {}) : undefined);
		expect(await registrar.unregister()).toEqual([{ id: 'wh_1', url: URL, cause: expect.objectContaining({ facts: expect.objectContaining({ status: 403 }) }) }]);
		expect(idsAt(extend)).toEqual(['wh_1']);
	});

	it.each<[string, TriggerState, string[]]>([
		['the endpoint in use and those left behind', { registered, pendingRemovals: [{ id: 'wh_old', url: 'https://old.example' }] }, ['wh_1', 'wh_old']],
		['those left behind when the endpoint in use is for another address', { registered: { ...registered, url: 'https://copy.example' }, pendingRemovals: [{ id: 'wh_old', url: 'https://old.example' }] }, ['wh_old']],
		['nothing when it remembers nothing', NOTHING, []],
	])('names %s when Extend cannot be asked', async (_, state, ids) => {
		const { extend, registrar } = setUp(state, [endpoint()]);
		extend.fault = () => answer(401, {});
		const unremoved = await registrar.unregister();
		expect(unremoved.map(({ id }) => id)).toEqual(ids);
		for (const leftover of unremoved) {
			expect(Object.keys(leftover)).toEqual(['id', 'url', 'cause']);
			expect(leftover.cause.facts.status).toBe(401);
		}
	});
});
