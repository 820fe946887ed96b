import type { IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { triggerParameters, triggerSubtitle } from './parameters/trigger';
import { searchClassifiers } from './pickers/classifiers';
import { isRegistered, register, unregister } from './trigger/activation';
import { receiveDelivery } from './trigger/receiveDelivery';

/** What the panel says about testing, whether the workflow is published or not. */
const TEST_HELP =
	'<b>While you build</b>, click Execute step and classify a document: the workflow starts once, with the event that Extend sends.';

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
		eventTriggerDescription: 'Waiting for a run to finish. Classify a document now, in n8n or in the Extend dashboard.',
		activationMessage: 'This workflow now starts when a run finishes.',
		defaults: { name: 'Extend Classify Trigger' },
		triggerPanel: {
			header: 'Start this workflow when a run finishes',
			executionsHelp: {
				inactive: `${TEST_HELP} <b>When you are done</b>, publish the workflow. It then starts for every run that finishes.`,
				active: `${TEST_HELP} <b>The published workflow</b> starts for every run that finishes. See the executions list.`,
			},
			activationHint: 'Extend must be able to reach n8n from the internet. Publish the workflow to start it for every run that finishes.',
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
