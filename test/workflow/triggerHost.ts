/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server that n8n's webhooks stand behind */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { credentialOf } from './engine';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeParameters,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';
import { ExtendClassifyTrigger } from '../../nodes/Extend/ExtendClassifyTrigger.node';
import { workflowMarkOf } from '../../nodes/Extend/runs/workflowMark';

/** What tells one trigger from another. */
export interface TriggerSetUp {
	credential: ICredentialDataDecryptedObject;
	parameters?: INodeParameters;
	workflow?: { id: string; name: string };
	webhookId?: string;
	/** Where the world reaches this n8n; the host's own server when left out. */
	publicUrl?: string;
	/** Whether it is a test in the editor. */
	isTest?: boolean;
}

export interface Delivered {
	/** 200 where the workflow was started. */
	status: number;
	/** What the request was answered with; undefined where n8n itself answers. */
	body?: unknown;
	/** Json of the items that the workflow was started with; undefined where it was not. */
	items?: IDataObject[];
}

export interface DeliveryRequest {
	headers: Record<string, string | string[] | undefined>;
	/** As n8n keeps it; missing for forms with files. */
	rawBody?: Buffer;
}

const trigger = new ExtendClassifyTrigger();
const nodeTypes = {
	getByName: () => trigger,
	getByNameAndVersion: () => NodeHelpers.getVersionedNodeType(trigger),
	getKnownTypes: () => ({}),
};
const NODE_NAME = 'Extend Classify Trigger';

/** An n8n with one workflow that begins with Extend Classify Trigger: does with it what n8n's own services do, in their order. */
export class TriggerHost {
	/** What n8n has in its database: kept as text, so that only what was saved is there again. */
	savedStaticData = '{}';
	readonly log: string[] = [];
	readonly deliveries: Delivered[] = [];
	isActive = false;
	private readonly server: Server;

	constructor(public setUp: TriggerSetUp) {
		this.server = createServer(async (request, response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer); // a request's chunks are untyped
			if (!this.isActive || request.url !== new URL(this.webhookUrl).pathname) return response.writeHead(404).end();
			const { status, body } = await this.deliver({ headers: request.headers, rawBody: Buffer.concat(chunks) });
			return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? ''));
		});
	}

	async listen(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** Where deliveries are to go. */
	get webhookUrl(): string {
		const { webhookId = '8c1d2f44', isTest = false } = this.setUp;
		return `${this.publicUrl}/${isTest ? 'webhook-test' : 'webhook'}/${webhookId}/extend`;
	}

	/** The mark that runs carry which this workflow has started. */
	get workflowMark(): string {
		const context = this.hook(this.open(), 'activate');
		return workflowMarkOf({ instanceId: context.getInstanceId(), workflowId: context.getWorkflow().id ?? '' });
	}

	get staticData(): IDataObject {
		return JSON.parse(this.savedStaticData)[`node:${NODE_NAME}`] ?? {};
	}

	set staticData(value: IDataObject) {
		this.savedStaticData = JSON.stringify({ [`node:${NODE_NAME}`]: value });
	}

	/** Activates the workflow, as its switch does, or as n8n does when it starts. @throws what the node throws */
	async activate(mode: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = this.open();
		const { checkExists, create } = trigger.webhookMethods.default;
		this.isActive = false;
		try {
			if (!(await checkExists.call(this.hook(workflow, mode)))) await create.call(this.hook(workflow, mode));
			this.isActive = true;
			this.save(workflow);
		} finally {
			// What the node has kept until then is lost: n8n cleans up with what is in its database.
			if (!this.isActive) await this.deactivate();
		}
	}

	async deactivate(): Promise<void> {
		const workflow = this.open();
		await trigger.webhookMethods.default.delete.call(this.hook(workflow, 'update'));
		this.save(workflow);
		this.isActive = false;
	}

	/** Hands a request to the node as n8n's webhook server does. */
	async deliver({ headers, rawBody }: DeliveryRequest): Promise<Delivered> {
		const answer: Partial<Delivered> = {};
		const httpResponse = {
			status(status: number) {
				answer.status = status;
				return { json: (body: unknown) => void (answer.body = body) };
			},
		};
		const httpRequest = { headers: headers as IncomingHttpHeaders, rawBody, body: {}, params: {}, query: {} };
		const workflow = this.open();
		const context = new WebhookContext(workflow, this.node(workflow), this.additionalData({ httpRequest, httpResponse }), 'webhook', this.webhookData(), [], null);
		this.catchLog(context);
		const { workflowData, noWebhookResponse } = await trigger.webhook.call(context);
		this.save(workflow);
		const items = workflowData?.[0]?.map(({ json }) => json);
		const delivered = { status: 200, ...answer, ...(items === undefined ? {} : { items }) };
		if ((noWebhookResponse === true) !== (answer.status !== undefined)) throw new Error('The request has no answer, or two.');
		this.deliveries.push(delivered);
		return delivered;
	}

	private get publicUrl(): string {
		if (this.setUp.publicUrl !== undefined) return this.setUp.publicUrl;
		const { port } = this.server.address() as AddressInfo; // of a server that listens on TCP
		return `http://127.0.0.1:${port}`;
	}

	private open(): Workflow {
		const { parameters = {}, workflow: { id, name } = { id: 'w1', name: 'Inbound mail' }, webhookId = '8c1d2f44' } = this.setUp;
		const node = {
			...{ id: 'node-1', name: NODE_NAME, type: 'n8n-nodes-extend-ai.extendClassifyTrigger', typeVersion: 1, position: [0, 0] as [number, number] },
			...{ parameters: structuredClone(parameters), webhookId, credentials: { extendApi: { id: '1', name: 'Extend' } } },
		};
		return new Workflow({ id, name, nodes: [node], connections: {}, active: true, nodeTypes, staticData: JSON.parse(this.savedStaticData) });
	}

	private save(workflow: Workflow): void {
		if (workflow.staticData.__dataChanged === true) this.savedStaticData = JSON.stringify(workflow.staticData);
	}

	private hook(workflow: Workflow, activation: WorkflowActivateMode): HookContext {
		const context = new HookContext(workflow, this.node(workflow), this.additionalData(), 'trigger', activation, this.webhookData());
		this.catchLog(context);
		return context;
	}

	private node(workflow: Workflow) {
		const node = workflow.getNode(NODE_NAME);
		if (node === null) throw new Error('The workflow has no trigger');
		return node;
	}

	private webhookData(): IWebhookData {
		const [webhookDescription] = trigger.description.webhooks ?? [];
		return { webhookDescription, isTest: this.setUp.isTest } as unknown as IWebhookData; // n8n gives more, which nobody here reads
	}

	private additionalData(more: object = {}): IWorkflowExecuteAdditionalData {
		return {
			credentialsHelper: credentialOf(this.setUp.credential),
			webhookBaseUrl: `${this.publicUrl}/webhook`,
			webhookTestBaseUrl: `${this.publicUrl}/webhook-test`,
			variables: {},
			...more,
		} as unknown as IWorkflowExecuteAdditionalData; // n8n gives more, which nobody here reads
	}

	private catchLog(context: object): void {
		const note = (message: string): void => void this.log.push(message);
		Object.defineProperty(context, 'logger', { value: { debug: note, info: note, warn: note, error: note } });
	}
}
