/* eslint-disable @n8n/community-nodes/node-usable-as-tool -- the helper node here is no tool */
import type {
	IConnections,
	ICredentialsHelper,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
	IVersionedNodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import type { Installation, Server } from '../protocol';
import { createCredentials } from './credentials';
import { loadN8n, type N8n } from './install';

export const PASS_ON = 'benchmark.passOn';

/** Passes its input on; stands for a trigger and for whatever comes at the end. */
class PassOn implements INodeType {
	description = {
		displayName: 'Pass On',
		name: 'passOn',
		group: ['transform' as const],
		version: 1,
		description: 'Passes items on',
		defaults: { name: 'Pass On' },
		inputs: ['main' as const],
		outputs: ['main' as const],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/** A workflow; it begins with its first node. */
export interface Flow {
	nodes: INode[];
	/** By name of the node, the names of the nodes after each of its outputs. */
	connections: Record<string, string[][]>;
}

/** n8n's own engine with the published package in it, without n8n's server and database. */
export class Engine {
	readonly n8n: N8n;
	private readonly credentials: ICredentialsHelper;
	private readonly nodeTypes: INodeTypes;

	constructor(installation: Installation, server: Server) {
		this.n8n = loadN8n(installation);
		this.credentials = createCredentials(this.n8n, server);
		const types: Record<string, INodeType | IVersionedNodeType> = { ...this.n8n.types, [PASS_ON]: new PassOn() };
		const typeOf = (name: string): INodeType | IVersionedNodeType => {
			const type = types[name];
			if (type === undefined) throw new Error(`No node type ${name}`);
			return type;
		};
		this.nodeTypes = {
			getByName: typeOf,
			getByNameAndVersion: (name, version) => this.n8n.workflow.NodeHelpers.getVersionedNodeType(typeOf(name), version),
			getKnownTypes: () => ({}),
		};
	}

	async run({ nodes, connections }: Flow, items: INodeExecutionData[], executionId = '1'): Promise<IRun> {
		const { workflow: n8nWorkflow, core } = this.n8n;
		const wires: IConnections = Object.fromEntries(
			Object.entries(connections).map(([name, outputs]) => [name, { main: outputs.map((names) => names.map(wireTo)) }]),
		);
		const { nodeTypes } = this;
		const workflow = new n8nWorkflow.Workflow({ id: 'w', nodes, connections: wires, active: false, nodeTypes, settings: { executionOrder: 'v1' } });
		const [first] = nodes;
		const node = first === undefined ? null : workflow.getNode(first.name);
		if (node === null) throw new Error('The workflow has no first node');
		const data = n8nWorkflow.createRunExecutionData({ executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] } });
		return await new core.WorkflowExecute(this.additionalData(executionId, nodes, wires), 'trigger', data).processRunExecutionData(workflow);
	}

	private additionalData(executionId: string, nodes: INode[], connections: IConnections): IWorkflowExecuteAdditionalData {
		const workflow = { id: 'w', name: 'w', nodes, connections, active: false };
		// The engine uses no other fields than these.
		return {
			executionId,
			hooks: new this.n8n.core.ExecutionLifecycleHooks('trigger', executionId, workflow as never),
			credentialsHelper: this.credentials,
			currentNodeExecutionIndex: 0,
			variables: {},
			setExecutionStatus: () => undefined,
			restApiUrl: 'http://127.0.0.1/rest',
			instanceBaseUrl: 'http://127.0.0.1/',
			webhookBaseUrl: 'http://127.0.0.1/webhook',
			webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
			webhookTestBaseUrl: 'http://127.0.0.1/webhook-test',
			formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
		} as unknown as IWorkflowExecuteAdditionalData;
	}
}

function wireTo(node: string): { node: string; type: 'main'; index: number } {
	return { node, type: 'main', index: 0 };
}

/** A node; whatever uses a credential uses ours. */
export function nodeOf(name: string, type: string, parameters: IDataObject = {}, typeVersion = 1): INode {
	// Parameters are plain JSON; the type names more than that.
	const given = parameters as INode['parameters'];
	return { id: `id-of-${name}`, name, type, typeVersion, position: [0, 0], parameters: given, credentials: { extendApi: { id: '1', name: 'Extend' } } };
}

/** Everything that a node put out, over all its runs. */
export function outputOf({ data }: IRun, node: string): INodeExecutionData[] {
	const tasks = data.resultData.runData[node] ?? [];
	return tasks.flatMap((task) => task.data?.main?.[0] ?? []);
}

/** What stopped the workflow, if anything did. */
export function messagesOf({ data }: IRun): string[] {
	const { error } = data.resultData;
	return error === undefined ? [] : [error.message];
}
