import type { JsonObject } from '../../../nodes/Extend/api/json';
import type { TriggerState } from '../../../nodes/Extend/webhook/registration';
import { faultOf } from '../support/faults';
import { endpoint, foreign, idsAt, known, NOTHING, registered, setUp, URL } from '../support/registrarSetUp';

describe('Registrar.register, when another workflow has the address', () => {
	const other = endpoint({ id: 'wh_other', name: 'n8n: Original (n8n.example.com) [ffffffffffff]' });

	it.each<[string, TriggerState, JsonObject[]]>([
		['there is no endpoint yet', NOTHING, []],
		['its own is there', known, [endpoint()]],
		['it holds the stored data of the other', { registered: { ...registered, id: 'wh_other' }, pendingRemovals: [] }, []],
	])('changes nothing, and names the endpoint: %s', async (_, state, endpoints) => {
		const { extend, registrar } = setUp(state, [...endpoints, other, foreign]);
		const { message, advice, facts } = await faultOf(registrar.register());
		expect(message).toBe(
			"Another workflow receives Extend's events at the address of this trigger, through the webhook endpoint \"n8n: Original (n8n.example.com) [ffffffffffff]\" (wh_other)",
		);
		expect(advice).toContain('delete this trigger and add a new one');
		expect(facts).toMatchObject({ retryable: false });
		expect(extend.changes).toEqual([]);
	});

	it('removes nothing of the other, even with its stored data', async () => {
		const { extend, registrar } = setUp(
			{ registered: { ...registered, id: 'wh_other' }, pendingRemovals: [{ id: 'wh_other', url: URL }] },
			[other],
		);
		expect(await registrar.unregister()).toEqual([]);
		expect(idsAt(extend)).toEqual(['wh_other']);
	});
});
