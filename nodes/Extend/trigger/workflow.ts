import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { workflowMarkOf } from '../runs/workflowMark';

/** The mark of the workflow that a trigger belongs to. */
export function workflowMarkIn(context: IHookFunctions | IWebhookFunctions): string {
	return workflowMarkOf({ instanceId: context.getInstanceId(), workflowId: context.getWorkflow().id ?? '' });
}
