import type {
	IConnections,
	ICredentialsHelper,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeTypes,
	IRun,
} from 'n8n-workflow';
import { storeOf } from '../../engine/credentialStore';
import { PassOn } from '../../engine/passOn';
import { nodeTypesOf, surroundingsOf } from '../../engine/surroundings';
import type { Installation, Server } from '../protocol';
import { loadN8n, type N8n } from './install';

export const PASS_ON = 'benchmark.passOn';

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
		const { url, apiKey } = server;
		const fields = { apiKey, region: 'custom', baseUrl: url, allowedHttpRequestDomains: 'all' };
		this.credentials = storeOf(this.n8n.workflow.ICredentialsHelper, this.n8n.credential, fields);
		const types = { ...this.n8n.types, [PASS_ON]: new PassOn() };
		this.nodeTypes = nodeTypesOf(types, this.n8n.workflow.NodeHelpers);
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
		const hooks = new core.ExecutionLifecycleHooks('trigger', executionId, { id: 'w', name: 'w', nodes, connections: wires, active: false } as never);
		const surroundings = surroundingsOf(executionId, this.credentials, hooks);
		return await new core.WorkflowExecute(surroundings, 'trigger', data).processRunExecutionData(workflow);
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
