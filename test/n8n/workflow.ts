import { randomUUID } from 'node:crypto';

/** A node of a workflow in short; its parameters and settings as in a workflow file. */
export interface NodeSketch {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: object;
	credentials?: object;
	onError?: string;
	retryOnFail?: boolean;
	webhookId?: string;
}

export interface NewWorkflow {
	name: string;
	nodes: object[];
	connections: object;
	settings: object;
}

/** A credential in n8n, as nodes refer to it. */
export interface CredentialReference {
	id: string;
	name: string;
}

export const manualTrigger: NodeSketch = { name: 'Trigger', type: 'n8n-nodes-base.manualTrigger' };

/** Starts an execution for each POST to `/webhook/<path>`, and answers at once. */
export function webhookTrigger(path: string, options: object = {}): NodeSketch {
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options };
	return { name: 'Trigger', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: randomUUID(), parameters };
}

/** Our node under the name Classify. */
export function extendClassify(parameters: object, extendApi: CredentialReference, settings: Partial<NodeSketch> = {}): NodeSketch {
	return { name: 'Classify', type: 'n8n-nodes-extend-ai.extendClassify', parameters, credentials: { extendApi }, ...settings };
}

/** Our trigger under the name Trigger. */
export function extendClassifyTrigger(parameters: object, extendApi: CredentialReference): NodeSketch {
	return { name: 'Trigger', type: 'n8n-nodes-extend-ai.extendClassifyTrigger', webhookId: randomUUID(), parameters, credentials: { extendApi } };
}

/** A workflow whose nodes follow each other. */
export function chain(name: string, sketches: NodeSketch[], settings: object = {}): NewWorkflow {
	const nodes = sketches.map((sketch, index) => ({ typeVersion: 1, parameters: {}, ...sketch, id: randomUUID(), position: [index * 220, 0] }));
	const links = sketches.slice(1).map(({ name: node }, index): [string, object] => {
		return [sketches[index]?.name ?? '', { main: [[{ node, type: 'main', index: 0 }]] }];
	});
	return { name, nodes, connections: Object.fromEntries(links), settings: { executionOrder: 'v1', ...settings } };
}

/** Our node between a trigger and a node for each of its outputs, "After 0" and so on, in which `n` of an item's input is seen. */
export function fan(name: string, classify: NodeSketch, outputCount: number): NewWorkflow {
	const ends = Array.from({ length: outputCount }, (_, output) => seenInput(`After ${output}`));
	const { nodes, settings } = chain(name, [manualTrigger, classify, ...ends]);
	const to = (node: string) => [{ node, type: 'main', index: 0 }];
	const connections = { Trigger: { main: [to('Classify')] }, Classify: { main: ends.map((end) => to(end.name)) } };
	return { name, nodes, connections, settings };
}

function seenInput(name: string): NodeSketch {
	const parameters = { mode: 'raw', jsonOutput: "={{ { n: $('Trigger').item.json.n } }}" };
	return { name, type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters };
}
