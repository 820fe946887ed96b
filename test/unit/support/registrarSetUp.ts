import type { JsonObject } from '../../../nodes/Extend/api/json';
import { Registrar } from '../../../nodes/Extend/webhook/registrar';
import type { DesiredEndpoint, TriggerState } from '../../../nodes/Extend/webhook/registration';
import { FakeWebhooks } from './fakeWebhooks';

export const URL = 'https://n8n.example.com/webhook/8c1d2f44/extend';
export const EVENTS = ['classify_run.processed', 'classify_run.failed'];
export const desired: DesiredEndpoint = { url: URL, name: 'n8n: Mail [a1b2c3d4e5f6]', mark: 'a1b2c3d4e5f6', events: EVENTS };
export const registered = { id: 'wh_1', url: URL, signingSecret: 'wss_1' };
export const known: TriggerState = { registered, pendingRemovals: [] };
export const NOTHING: TriggerState = { pendingRemovals: [] };

/** The endpoint of the trigger, as Extend describes it, with some fields changed. */
export function endpoint(more: JsonObject = {}): JsonObject {
	return { id: 'wh_1', url: URL, name: desired.name, status: 'enabled', apiVersion: '2026-02-09', enabledEvents: EVENTS, ...more };
}

/** An endpoint of another trigger, at an address of its own. */
export const foreign = endpoint({ id: 'wh_foreign', url: 'https://n8n.example.com/webhook/other/extend', name: 'n8n: Other [ffffffffffff]' });

/** A registrar in front of an Extend that has these endpoints. */
export function setUp(state: TriggerState, endpoints: JsonObject[] = [], what = desired): { extend: FakeWebhooks; registrar: Registrar } {
	const extend = new FakeWebhooks();
	extend.endpoints = endpoints;
	return { extend, registrar: new Registrar({ webhooks: extend.client, clock: extend.clock }, what, state) };
}

export function idsAt(extend: FakeWebhooks): unknown[] {
	return extend.endpoints.map(({ id }) => id);
}
