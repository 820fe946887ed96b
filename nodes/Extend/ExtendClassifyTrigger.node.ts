import type { IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { triggerParameters, triggerSubtitle } from './parameters/trigger';
import { searchClassifiers } from './pickers/classifiers';
import { isRegistered, register, unregister } from './trigger/activation';
import { receiveDelivery } from './trigger/receiveDelivery';

export class ExtendClassifyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Extend Classify Trigger',
		name: 'extendClassifyTrigger',
		icon: { light: 'file:extend.svg', dark: 'file:extend.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		// n8n's node panel shows it for this node and Extend Classify together.
		description: 'Classify documents with Extend, or start a workflow when a run finishes',
		eventTriggerDescription: 'Waiting for Extend to finish a run. Classify a document now, here or in the Extend dashboard.',
		activationMessage: 'Extend now tells this workflow about finished runs.',
		defaults: { name: 'Extend Classify Trigger' },
		triggerPanel: {
			header: 'Let Extend start this workflow',
			executionsHelp: {
				inactive:
					'<b>While you build</b>, click Execute step and classify a document: the workflow runs once, with what Extend sends. <b>When you are done</b>, publish the workflow: it then runs for every finished run.',
				active:
					'<b>While you build</b>, click Execute step and classify a document: the workflow runs once, with what Extend sends. <b>The published workflow</b> runs for every finished run; see the executions list.',
			},
			activationHint: 'Publish the workflow, and it runs whenever Extend has finished a run.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'extendApi', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', path: 'extend', responseMode: 'onReceived', responseData: 'noData' }],
		properties: triggerParameters,
	};

	methods = { listSearch: { searchClassifiers } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await register(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await unregister(this);
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this);
	}
}
