import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { judgeDelivery } from '../webhook/delivery';
import type { TriggerSettings } from '../webhook/settings';
import { fetchPayload } from './fetchPayload';
import type { Read } from './read';
import { createTriggerRead } from './read';
import { readMemory } from './triggerMemory';

/**
 * Takes a delivery in: starts the workflow with one item, or answers and starts nothing.
 * @see https://docs.n8n.io/integrations/creating-nodes/build/reference/ with an answer of our own n8n is told to send none
 */
export async function receiveDelivery(context: IWebhookFunctions, readSettings: (read: Read) => TriggerSettings): Promise<IWebhookResponseData> {
	const { headers, rawBody } = context.getRequestObject();
	const verdict = await judgeDelivery({
		// n8n reads no raw body of a form with files, which Extend does not send.
		request: { headers, rawBody: rawBody ?? Buffer.alloc(0) },
		secret: readMemory(context).registered?.signingSecret,
		nowMs: Date.now(),
		readSettings: () => readSettings(createTriggerRead(context)),
		fetchPayload: async (url) => await fetchPayload(context, url),
	});
	if (verdict.kind === 'start') return { workflowData: [[{ json: verdict.json }]] };
	const { status, message } = verdict;
	if (status !== 200) context.logger.warn(`"${context.getNode().name}" answered a delivery with status ${status}. ${message}`);
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
