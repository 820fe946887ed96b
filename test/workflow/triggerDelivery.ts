import type { INodeParameters } from 'n8n-workflow';
import { signDelivery } from '../emulator/webhooks/signature';
import type { Delivered, TriggerHost } from './triggerHost';

export const SECRET = 'wss_test_secret';

/** What becomes of an event that Extend delivers, rightly signed, to the trigger of the host. */
export async function deliver(host: TriggerHost, event: unknown, parameters: INodeParameters = {}): Promise<Delivered> {
	host.setUp.parameters = parameters;
	host.staticData = { registered: { id: 'wh_1', url: host.webhookUrl, signingSecret: SECRET } };
	const body = JSON.stringify(event);
	return await host.deliver({ headers: signDelivery(body, SECRET, Math.floor(Date.now() / 1_000)), rawBody: Buffer.from(body) });
}

export const eventOf = (payload: unknown, eventType = 'classify_run.processed', eventId = 'evt_1') => ({ eventId, eventType, payload });
