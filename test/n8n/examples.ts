/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the example workflows */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { examplesDir } from '../../scripts/lib/paths.mjs';
import type { TestN8n } from './testN8n';
import type { CredentialReference } from './workflow';

export interface ExampleNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	parameters: INodeParameters;
}

/** A workflow as its file holds it. */
export interface Example {
	name: string;
	nodes: ExampleNode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }> | null>>>;
	settings: object;
}

/** What a user sets after the import; all else stays as it is shipped. */
export interface UserSettings {
	/** Data of credentials, by their types. That of Extend is there already. */
	credentials?: Record<string, object>;
	/** Folders, addresses and times, and what to put in their place wherever the nodes name them. */
	replace?: Record<string, string>;
	/** Parameters to choose in nodes, by the nodes' names. */
	parameters?: Record<string, INodeParameters>;
}

/** Names of all files in examples/workflows, without their ending. */
export const exampleNames = readdirSync(examplesDir).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));

export function readExample(name: string): Example {
	return parseExample(readFileSync(join(examplesDir, `${name}.json`), 'utf8'));
}

/**
 * Imports an example and sets what its user has to set. Returns the workflow's ID.
 * @throws Error when a text to replace or a node is not in it, so that no test goes on with what users no longer find
 */
export async function importExample(n8n: TestN8n, name: string, { credentials = {}, replace = {}, parameters = {} }: UserSettings = {}): Promise<string> {
	const { nodes: shipped, ...rest } = parseExample(replaceAll(readFileSync(join(examplesDir, `${name}.json`), 'utf8'), replace));
	const nodes = chooseAll(shipped, parameters);
	const references: Record<string, CredentialReference> = { extendApi: n8n.credential };
	for (const [type, data] of Object.entries(credentials)) {
		const id = await n8n.client.saveCredential({ name: `${type} of ${name}`, type, data: { ...data } });
		references[type] = { id, name: `${type} of ${name}` };
	}
	const types = await describeNodes(n8n, nodes);
	const complete = nodes.map((node, position) => ({ ...node, credentials: credentialsFor(node, types[position], references) }));
	return await n8n.client.createWorkflow({ ...rest, nodes: complete });
}

/** How n8n describes these nodes in its editor, in their order. @throws ExplainedError for a type it does not have */
export async function describeNodes(n8n: TestN8n, nodes: ExampleNode[]): Promise<INodeTypeDescription[]> {
	const nodeInfos = nodes.map(({ type, typeVersion }) => ({ name: type.replace(TOOL, '$1'), version: typeVersion }));
	const types: INodeTypeDescription[] = await n8n.client.request('POST', '/node-types', { nodeInfos });
	return types.map((type, position) => (TOOL.test(nodes[position]?.type ?? '') ? asTool(type) : type));
}

/** n8n makes an AI agent's tool of our node by itself, and describes the node only. */
const TOOL = /^(n8n-nodes-extend-ai\..*)Tool$/;

/** A tool has the parameters of its node, and what tells the model what it is for. */
function asTool(type: INodeTypeDescription): INodeTypeDescription {
	const added = { displayName: '', type: 'string' as const, default: '' };
	return { ...type, properties: [{ ...added, name: 'descriptionType' }, { ...added, name: 'toolDescription' }, ...type.properties] };
}

function parseExample(text: string): Example {
	return JSON.parse(text) as Example; // a file of ours, and n8n judges it too
}

function replaceAll(text: string, replace: Record<string, string>): string {
	return Object.entries(replace).reduce((changed, [from, to]) => {
		if (!changed.includes(from)) throw new Error(`The example does not name ${from}.`);
		return changed.replaceAll(from, to);
	}, text);
}

function chooseAll(nodes: ExampleNode[], chosen: Record<string, INodeParameters>): ExampleNode[] {
	const unknown = Object.keys(chosen).filter((name) => !nodes.some((node) => node.name === name));
	if (unknown.length > 0) throw new Error(`The example has no node ${unknown.join(', ')}.`);
	return nodes.map((node) => ({ ...node, parameters: { ...node.parameters, ...chosen[node.name] } }));
}

type References = Record<string, CredentialReference>;

/** Those that the node takes by its description, and the one that a node such as HTTP Request names in its parameters. */
function credentialsFor({ parameters }: ExampleNode, type: INodeTypeDescription | undefined, references: References): References {
	const accepted = new Set([...(type?.credentials ?? []).map(({ name }) => name), String(parameters.nodeCredentialType)]);
	return Object.fromEntries(Object.entries(references).filter(([name]) => accepted.has(name)));
}
