// Finds out the outputs of a node as n8n does, with one of its engines for expressions. n8n loads those in a way that
// jest does not know, so this is a program of its own: JSON in by stdin, JSON out by stdout.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

// What n8n-workflow has for `import` cannot be loaded by Node itself.
const { Expression, NodeHelpers, Workflow } = createRequire(import.meta.url)('n8n-workflow');

const { engine, description, nodes } = JSON.parse(await text(process.stdin));
const nodeType = { description };
const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };

async function namesOf({ parameters, onError }) {
	const node = { id: '1', name: 'Extend', type: 'x.extendClassify', typeVersion: 1, position: [0, 0], parameters, onError };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return await workflow.expression.withIsolate(() => {
		const found = NodeHelpers.getNodeOutputs(workflow, workflow.getNode('Extend'), description);
		return found.map((output) => (typeof output === 'string' ? null : (output.displayName ?? null)));
	});
}

await Expression.initExpressionEngine({ engine, bridgeTimeout: 30_000, bridgeMemoryLimit: 128, maxCodeCacheSize: 100, poolSize: 1 });
const names = [];
for (const node of nodes) names.push(await namesOf(node));
process.stdout.write(JSON.stringify({ engine: Expression.getActiveImplementation(), names }));
await Expression.disposeExpressionEngine();
