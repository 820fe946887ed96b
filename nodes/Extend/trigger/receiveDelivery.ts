import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { createTriggerRead } from '../n8n/read';
import { readTriggerSettings } from '../parameters/trigger';
import { processDelivery } from '../webhook/delivery';
import { fetchPayload } from './fetchPayload';
import { readState } from './state';
import { workflowMarkIn } from './workflow';

/**
 * Starts the workflow with the one item of a delivery, or answers the delivery and starts nothing.
 * @see https://docs.n8n.io/integrations/creating-nodes/build/reference/ `noWebhookResponse`: the node has answered by itself
 */
export async function receiveDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { headers, rawBody } = context.getRequestObject();
	const result = await processDelivery({
		// n8n keeps no raw body of a form with files, which Extend does not send.
		request: { headers, rawBody: rawBody ?? Buffer.alloc(0) },
		secret: readState(context).registered?.signingSecret,
		nowMs: Date.now(),
		workflowMark: workflowMarkIn(context),
		readSettings: () => readTriggerSettings(createTriggerRead(context)),
		fetchPayload: async (url) => await fetchPayload(context, url),
	});
	if (result.kind === 'start') return { workflowData: [[{ json: result.json }]] };
	const { status, message } = result;
	if (status !== 200) context.logger.warn(`"${context.getNode().name}" answered a delivery with status ${status}. ${message}`);
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
