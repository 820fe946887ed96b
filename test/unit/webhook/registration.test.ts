import type { Endpoint } from '../../../nodes/Extend/api/webhooks';
import type { TriggerState, DesiredEndpoint } from '../../../nodes/Extend/webhook/registration';
import { findOwn, findConflict, findUsable, isSameUrl, nameEndpoint, planChanges } from '../../../nodes/Extend/webhook/registration';

const URL = 'https://n8n.example.com/webhook/8c1d2f44/extend';
const EVENTS = ['classify_run.processed', 'classify_run.failed'];
const desired: DesiredEndpoint = { url: URL, name: 'n8n: Mail [a1b2c3d4e5f6]', mark: 'a1b2c3d4e5f6', events: EVENTS };
const endpoint: Endpoint = { id: 'wh_1', url: URL, name: desired.name, status: 'enabled', events: EVENTS, apiVersion: '2026-02-09' };
const state: TriggerState = { registered: { id: 'wh_1', url: URL, signingSecret: 'wss_1' }, pendingRemovals: [] };

describe('nameEndpoint', () => {
	it('tells the workflow and the n8n', () => {
		expect(nameEndpoint({ workflowName: ' Inbound\n mail ', url: URL, mark: 'abc' })).toBe('n8n: Inbound mail (n8n.example.com) [abc]');
	});

	it('keeps a workflow name of sixty letters whole', () => {
		expect(nameEndpoint({ workflowName: 'a'.repeat(60), url: URL, mark: 'abc' })).toContain(`n8n: ${'a'.repeat(60)} (`);
	});

	it('is bounded, and cuts no character in two', () => {
		const name = nameEndpoint({ workflowName: '😀'.repeat(500), url: URL, mark: 'abc' });
		expect([...name]).toHaveLength(89);
		expect(name).toContain(`${'😀'.repeat(59)}… (`);
	});

	it.each(['', '   '])('does without a name of the workflow (%j)', (workflowName) => {
		expect(nameEndpoint({ workflowName, url: 'no address', mark: 'abc' })).toBe('n8n: workflow (no address) [abc]');
	});
});

describe('findOwn', () => {
	it.each<[string, Partial<Endpoint>, Partial<TriggerState>, boolean]>([
		['known by its ID', { name: 'Renamed by a person' }, {}, true],
		['known by its mark only', { id: 'wh_2' }, { registered: undefined }, true],
		['of another address', { url: `${URL}x` }, {}, false],
		['of the test address', { url: URL.replace('/webhook/', '/webhook-test/') }, {}, false],
		['made by hand for this address', { id: 'wh_2', name: 'n8n' }, {}, false],
		['made for this address by another workflow', { id: 'wh_2', name: 'n8n: Mail [ffffffffffff]' }, {}, false],
		['of another workflow, but stored here, as a copy does', { name: 'n8n: Mail [ffffffffffff]' }, {}, false],
		['with its mark elsewhere than at the end', { id: 'wh_2', name: '[a1b2c3d4e5f6] n8n: Mail' }, {}, false],
		['with its mark in a name that a person gave', { id: 'wh_2', name: 'Mine [a1b2c3d4e5f6]' }, {}, false],
		[
			'of a workflow whose name has brackets and line breaks', { id: 'wh_2', name: 'n8n: A [ffffffffffff]\n(x) [a1b2c3d4e5f6]' },
			{ registered: undefined }, true,
		],
		[
			'of another workflow, and left behind in what a copy stores',
			{ id: 'wh_3', url: 'https://old.example/w', name: 'n8n: Mail [ffffffffffff]' },
			{ pendingRemovals: [{ id: 'wh_3', url: 'https://old.example/w' }] }, false,
		],
		[
			'left behind at a former address', { id: 'wh_3', url: 'https://old.example/w', name: 'x' },
			{ pendingRemovals: [{ id: 'wh_3', url: 'https://old.example/w' }] }, true,
		],
		[
			'at an address where another was left behind', { id: 'wh_4', url: 'https://old.example/w', name: 'x' },
			{ pendingRemovals: [{ id: 'wh_3', url: 'https://old.example/w' }] }, false,
		],
		[
			'left behind, and used for another address since', { id: 'wh_3', url: 'https://new.example/w', name: 'x' },
			{ pendingRemovals: [{ id: 'wh_3', url: 'https://old.example/w' }] }, false,
		],
	])('takes an endpoint that is %s: %#', (_what, change, known, isOwn) => {
		expect(findOwn([{ ...endpoint, ...change }], desired, { ...state, ...known })).toHaveLength(isOwn ? 1 : 0);
	});
});

describe('findConflict', () => {
	it.each<[string, Partial<Endpoint>, boolean]>([
		['of another workflow', { id: 'wh_2', name: 'n8n: Mail [ffffffffffff]' }, true],
		['of another workflow that is disabled', { id: 'wh_2', name: 'n8n: Mail [ffffffffffff]', status: 'disabled' }, true],
		['of another workflow that is stored here', { name: 'n8n: Mail [ffffffffffff]' }, true],
		['of another workflow at another address', { name: 'n8n: Mail [ffffffffffff]', url: `${URL}x` }, false],
		['of this workflow', {}, false],
		['made by hand', { id: 'wh_2', name: 'n8n' }, false],
		['named by a person, in brackets', { id: 'wh_2', name: 'Mail [ffffffffffff]' }, false],
		['with a longer mark', { id: 'wh_2', name: 'n8n: Mail [ffffffffffff0]' }, false],
	])('finds at the address of this trigger an endpoint %s: %#', (_what, change, isConflict) => {
		const other = { ...endpoint, ...change };
		expect(findConflict([{ ...endpoint, id: 'wh_9' }, other], desired)).toEqual(isConflict ? other : undefined);
	});
});

describe('findUsable', () => {
	it.each<[string, Partial<Endpoint>, Partial<TriggerState>, boolean]>([
		['whose secret is known', {}, {}, true],
		['whose secret is lost', {}, { registered: undefined }, false],
		['of another ID', { id: 'wh_2' }, {}, false],
		['of another API version', { apiVersion: '2025-04-21' }, {}, false],
	])('goes on with an endpoint %s: %#', (_what, change, known, isUsable) => {
		expect(findUsable([{ ...endpoint, ...change }], desired, { ...state, ...known }) !== undefined).toBe(isUsable);
	});
});

describe('planChanges', () => {
	const one = { ...desired, classifierId: 'cl_1' };
	const subscription = { id: 'whes_1', resourceId: 'cl_1', events: EVENTS };
	const subscribe = { kind: 'subscribe', classifierId: 'cl_1', events: EVENTS };
	const unsubscribe = { kind: 'unsubscribe', subscriptionId: 'whes_1' };

	it.each([
		['all is well', {}, [], desired, []],
		['the events stand in another order', { events: [...EVENTS].reverse() }, [], desired, []],
		['an event is missing', { events: EVENTS.slice(1) }, [], desired, [{ kind: 'update', change: { events: EVENTS } }]],
		[
			'its name is of a workflow that was renamed since', { name: 'n8n: Post [a1b2c3d4e5f6]' }, [], desired,
			[{ kind: 'update', change: { name: desired.name } }],
		],
		[
			'its name and its events differ', { name: 'x', events: [] }, [], desired,
			[{ kind: 'update', change: { name: desired.name, events: EVENTS } }],
		],
		['it is disabled', { status: 'disabled' }, [], desired, [{ kind: 'update', change: { status: 'enabled' } }]],
		['its status is not known', { status: 'paused' }, [], desired, [{ kind: 'update', change: { status: 'enabled' } }]],
		['a subscription is left from before', {}, [subscription], desired, [unsubscribe]],
		['one classifier is desired now', {}, [], one, [subscribe, { kind: 'update', change: { events: [] } }]],
		['the workspace is desired now', { events: [] }, [subscription], desired, [{ kind: 'update', change: { events: EVENTS } }, unsubscribe]],
		['its one classifier is as desired', { events: [] }, [subscription], one, []],
		['another classifier is desired', { events: [] }, [{ ...subscription, resourceId: 'cl_2' }], one, [subscribe, unsubscribe]],
		['the subscription has other events', { events: [] }, [{ ...subscription, events: [] }], one, [subscribe]],
	])('when %s', (_what, change, subscriptions, target, changes) => {
		expect(planChanges({ ...endpoint, ...change }, subscriptions, target)).toEqual(changes);
	});
});

describe('isSameUrl', () => {
	it.each([
		[URL, URL, true],
		['https://N8N.example.com/w', 'https://n8n.example.com:443/w', true],
		['https://n8n.example.com/w', 'https://n8n.example.com/W', false],
		['https://n8n.example.com/w', 'http://n8n.example.com/w', false],
		['no address', 'no address', true],
		['no address', URL, false],
	])('compares %s with %s: %s', (one, other, isSame) => {
		expect(isSameUrl(one, other)).toBe(isSame);
	});
});
