import manifest from '../../package.json';
import { loadNodes, type LoadedNode } from './support/nodes';

let nodes: LoadedNode[] = [];
let regular: LoadedNode[] = [];
let triggers: LoadedNode[] = [];

beforeAll(async () => {
	nodes = await loadNodes();
	triggers = nodes.filter(({ className }) => className.endsWith('Trigger'));
	regular = nodes.filter((node) => !triggers.includes(node));
});

/** The names of those nodes for which `isGood` does not hold. */
const notGood = (list: LoadedNode[], isGood: (node: LoadedNode) => boolean) =>
	list.filter((node) => !isGood(node)).map(({ path }) => path);

describe('the nodes', () => {
	it('are one that acts and one trigger, with the names that saved workflows hold', () => {
		expect(manifest.name).toBe('n8n-nodes-extend-ai');
		expect(regular.map(({ node }) => node.description.name)).toEqual(['extendClassify']);
		expect(triggers.map(({ node }) => node.description.name)).toEqual(['extendClassifyTrigger']);
	});

	it('share one entry in n8n\'s node panel: it joins a node with the one that has its name and Trigger behind it', () => {
		const names = regular.map(({ node }) => `${node.description.name}Trigger`);
		expect(triggers.map(({ node }) => node.description.name)).toEqual(names);
		// n8n shows the description of the trigger for both.
		expect(notGood(triggers, ({ node }) => /^Classify documents .* or start a workflow /.test(node.description.description))).toEqual([]);
	});

	it('are in version 1', () => {
		expect(notGood(nodes, ({ node }) => node.description.version === 1)).toEqual([]);
	});

	it('are named after the service, in Title Case', () => {
		expect(notGood(nodes, ({ node }) => /^Extend( [A-Z][a-z]+)+$/.test(node.description.displayName))).toEqual([]);
		expect(notGood(nodes, ({ node }) => node.description.defaults.name === node.description.displayName)).toEqual([]);
	});

	it('have a class with the name of the file, its first letter in the lower case being the name of the node', () => {
		const camelCase = (name: string) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
		expect(notGood(nodes, ({ className, node }) => node.description.name === camelCase(className))).toEqual([]);
	});

	it('say what they do, and below the node what they are set to', () => {
		expect(notGood(nodes, ({ node }) => /^[A-Z].{20,}[^.]$/.test(node.description.description))).toEqual([]);
		expect(notGood(nodes, ({ node }) => /^=\{\{.+\}\}$/s.test(node.description.subtitle ?? ''))).toEqual([]);
	});

	it('can be used by an AI agent when they act, and cannot when they start a workflow', () => {
		expect(notGood(regular, ({ node }) => node.description.usableAsTool === true)).toEqual([]);
		expect(notGood(triggers, ({ node }) => node.description.usableAsTool !== true)).toEqual([]);
	});

	it('begin a workflow exactly when they are triggers', () => {
		const takesNothing = ({ node }: LoadedNode) => Array.isArray(node.description.inputs) && node.description.inputs.length === 0;
		const isInTriggers = ({ node }: LoadedNode) => node.description.group.includes('trigger');
		expect(notGood(triggers, (node) => takesNothing(node) && isInTriggers(node))).toEqual([]);
		expect(notGood(regular, (node) => !takesNothing(node) && !isInTriggers(node))).toEqual([]);
		expect(notGood(triggers, ({ node }) => node.description.displayName.includes('Trigger'))).toEqual([]);
	});

	it('register, look up and remove their webhooks', () => {
		const isComplete = ({ node }: LoadedNode) => {
			const { checkExists, create, delete: remove } = node.webhookMethods?.default ?? {};
			return [checkExists, create, remove].every((method) => typeof method === 'function');
		};
		expect(notGood(triggers, isComplete)).toEqual([]);
		expect(notGood(regular, ({ node }) => node.webhookMethods === undefined && node.description.webhooks === undefined)).toEqual([]);
	});
});
