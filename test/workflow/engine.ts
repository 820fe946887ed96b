/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/node-usable-as-tool -- n8n's engine reads its environment when it is imported; the helper node here is no tool */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'extend-engine-'));
process.env.N8N_ENCRYPTION_KEY = 'test';
process.env.N8N_LOG_LEVEL = 'silent';
// As n8n 2 does by itself.
process.env.N8N_AVAILABLE_BINARY_DATA_MODES = 'filesystem';
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';

import 'reflect-metadata';
import { BinaryDataService, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeType,
	IRun,
	IWorkflowSettings,
	NodeExecutionHint,
} from 'n8n-workflow';
import { createRunExecutionData, ICredentialsHelper, NodeHelpers, Workflow } from 'n8n-workflow';
import { ExtendApi } from '../../credentials/ExtendApi.credentials';
import { ExtendClassify } from '../../nodes/Extend/ExtendClassify.node';
import { storeOf } from '../engine/credentialStore';
import { PassOn } from '../engine/passOn';
import { nodeTypesOf, surroundingsOf } from '../engine/surroundings';

/** Evaluates an expression for each of its items, as any node after ours would. */
class Evaluate implements INodeType {
	description = {
		...new PassOn().description,
		displayName: 'Evaluate',
		name: 'evaluate',
		properties: [{ displayName: 'Value', name: 'value', type: 'string' as const, default: '' }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData().map((_, item) => ({ json: { value: this.getNodeParameter('value', item) }, pairedItem: { item } }))];
	}
}

/** Our node as n8n turns it into an AI agent's tool. */
class ExtendClassifyTool extends ExtendClassify {
	constructor() {
		super();
		this.description = { ...this.description, name: 'extendClassifyTool', outputs: ['ai_tool'] };
	}
}

const types: Record<string, INodeType> = {
	'n8n-nodes-extend-ai.extendClassifyTool': new ExtendClassifyTool(),
	'n8n-nodes-extend-ai.extendClassify': new ExtendClassify(),
	'test.passOn': new PassOn(),
	'test.evaluate': new Evaluate(),
};

/** n8n's credential store, with this one credential in it. */
export function credentialOf(fields: ICredentialDataDecryptedObject): ICredentialsHelper {
	return storeOf(ICredentialsHelper, new ExtendApi(), fields);
}

export interface NodeRunOptions {
	parameters: IDataObject;
	items?: INodeExecutionData[];
	credential: ICredentialDataDecryptedObject;
	/** Settings of the node such as onError and retryOnFail. */
	settings?: Partial<INode>;
	/** Milliseconds after which the user presses Stop. */
	stopAfterMs?: number;
	/** Whether the user presses Stop now; asked over and over. */
	stopWhen?: () => boolean;
	executionId?: string;
	/** Settings of the workflow beside the order of its execution. */
	workflowSettings?: IWorkflowSettings;
	/** Runs it as the tool of an AI agent. */
	asTool?: boolean;
	/** What the node does in place of its own work, with all that n8n gives it. */
	act?: INodeType['execute'];
	/** An execution that failed, which n8n's Retry button goes on with. */
	retryOf?: IRun;
	/** Evaluated for each item behind each of so many outputs, the error output included. */
	after?: { expression: string; outputs: number };
}

export interface NodeRunResult {
	run: IRun;
	/** Items by output. */
	outputs: INodeExecutionData[][];
	/** Json of the first output's items. */
	json: IDataObject[];
	/** What stopped the node, if anything did. */
	error?: { message: string; description?: string | null };
	hints: string[];
	hintTypes: Array<NodeExecutionHint['type']>;
	/** What `after` asked for, by output. */
	after: unknown[][];
}

/** n8n-core's own copy of the container: another one would not know its services. */
function binaryDataService(): BinaryDataService {
	const { Container } = jest.requireActual(require.resolve('@n8n/di', { paths: [require.resolve('n8n-core')] }));
	return Container.get(BinaryDataService);
}

let isStorageReady: Promise<void> | undefined;

/** A file as binary data of n8n, kept in n8n's storage or, as `memory`, in the item itself. */
export async function fileOf(content: Buffer | string, fileName: string, mimeType: string, mode: 'storage' | 'memory' = 'memory'): Promise<IBinaryData> {
	const bytes = Buffer.from(content);
	const described = { mimeType, fileName, data: bytes.toString('base64') };
	if (mode === 'memory') return described;
	const service = binaryDataService();
	isStorageReady ??= service.init();
	await isStorageReady;
	return await service.store({ type: 'execution', workflowId: 'w', executionId: '1' }, bytes, { ...described, data: '' });
}

/** Where n8n's storage keeps a file on disk. */
export function pathOf({ id = '' }: IBinaryData): string {
	return binaryDataService().getPath(id);
}

const WATCH_EVERY_MS = 20;

/** Runs Extend Classify, between two nodes that pass items on, in n8n's own engine. */
export async function runNode(options: NodeRunOptions): Promise<NodeRunResult> {
	const { items = [{ json: {} }], credential, stopAfterMs, stopWhen, executionId = '1', retryOf, after = { expression: '', outputs: 0 } } = options;
	const namesAfter = Array.from({ length: after.outputs }, (_, output) => `After ${output}`);
	const { workflow, nodes, connections } = workflowOf(options, namesAfter, after.expression);
	const hooks = new ExecutionLifecycleHooks('manual', executionId, { id: 'w', name: 'w', nodes, connections, active: false } as never);
	const surroundings = surroundingsOf(executionId, credentialOf(credential), hooks);
	const before = workflow.getNode('Before');
	if (before === null) throw new Error('The workflow has no first node');
	const data =
		retryOf === undefined
			? createRunExecutionData({ executionData: { nodeExecutionStack: [{ node: before, data: { main: [items] }, source: null }] } })
			: dataForRetry(retryOf, workflow, items);
	const execution = new WorkflowExecute(surroundings, retryOf === undefined ? 'manual' : 'retry', data).processRunExecutionData(workflow);
	if (stopAfterMs !== undefined) setTimeout(() => execution.cancel(), stopAfterMs).unref();
	const watch = stopWhen === undefined ? undefined : setInterval(() => stopWhen() && execution.cancel(), WATCH_EVERY_MS);
	return readResult(await execution.finally(() => clearInterval(watch)), namesAfter);
}

function workflowOf({ parameters, settings, workflowSettings, act, asTool = false }: NodeRunOptions, namesAfter: string[], expression: string) {
	const type = `n8n-nodes-extend-ai.extendClassify${asTool ? 'Tool' : ''}`;
	const acting: Record<string, INodeType> = act === undefined ? {} : { [type]: Object.assign(new ExtendClassify(), { execute: act }) };
	const nodeTypes = nodeTypesOf({ ...types, ...acting }, NodeHelpers);
	const nodes: INode[] = [
		nodeOf('Before', 'test.passOn', {}),
		{ ...nodeOf('Extend Classify', type, parameters), credentials: { extendApi: { id: '1', name: 'Extend' } }, ...settings },
		...namesAfter.map((name) => nodeOf(name, 'test.evaluate', { value: expression })),
	];
	const connectTo = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	const connections = { Before: { main: [connectTo('Extend Classify')] }, 'Extend Classify': { main: namesAfter.map(connectTo) } };
	const workflow = new Workflow({ id: 'w', nodes, connections, active: false, nodeTypes, settings: { executionOrder: 'v1', ...workflowSettings } });
	return { workflow, nodes, connections };
}

/**
 * The data of a failed execution as n8n's Retry button hands it over: saved and read again, without the error, and the
 * failed node to be run next. @see n8n/dist/executions/execution.service.js retry
 */
function dataForRetry(failed: IRun, workflow: Workflow, items: INodeExecutionData[]): IRun['data'] {
	const data: IRun['data'] = JSON.parse(JSON.stringify(failed.data));
	const { resultData, executionData } = data;
	delete resultData.error;
	const tasks = resultData.runData[resultData.lastNodeExecuted ?? ''] ?? [];
	if (tasks.at(-1)?.error !== undefined) tasks.pop();
	for (const entry of executionData?.nodeExecutionStack ?? []) {
		entry.node = workflow.getNode(entry.node.name) ?? entry.node;
		if (entry.node.name === 'Extend Classify') entry.data = { main: [items] };
	}
	return data;
}

function nodeOf(name: string, type: string, parameters: IDataObject): INode {
	return { id: `id-of-${name}`, name, type, typeVersion: 1, position: [0, 0], parameters: parameters as INode['parameters'] };
}

function readResult(run: IRun, namesAfter: string[]): NodeRunResult {
	const { runData, error } = run.data.resultData;
	const task = runData['Extend Classify']?.at(-1);
	const outputs = (task?.data?.main ?? []).map((items) => items ?? []);
	const stopped = task?.error ?? error;
	return {
		run,
		outputs,
		json: (outputs[0] ?? []).map((item) => item.json),
		error: stopped === undefined ? undefined : { message: stopped.message, description: 'description' in stopped ? stopped.description : undefined },
		hints: (task?.hints ?? []).map((hint: NodeExecutionHint) => hint.message),
		hintTypes: (task?.hints ?? []).map((hint: NodeExecutionHint) => hint.type),
		after: namesAfter.map((name) => (runData[name]?.at(-1)?.data?.main?.[0] ?? []).map((item) => item.json.value)),
	};
}
