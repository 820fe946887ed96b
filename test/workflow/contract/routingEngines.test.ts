/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs a program of its own */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ExtendClassify } from '../../../nodes/Extend/ExtendClassify.node';
import { compiledOutputs } from '../../unit/support/compiledOutputs';
import { FIXED_OUTPUTS, MODES } from './routingCases';

/** One of n8n's engines needs a part that is built for some versions of Node only; n8n itself uses it by default. */
function enginesHere(): string[] {
	try {
		execFileSync(process.execPath, ['-e', "require('isolated-vm')"], { cwd: __dirname, stdio: 'ignore' });
		return ['legacy', 'quickjs', 'vm'];
	} catch {
		return ['legacy', 'quickjs'];
	}
}

const picked = (value: string) => ({ __rl: true, mode: 'list', value, cachedResultName: `${value}, described` });
const byCategory = (...category: unknown[]) => ({ routeBy: 'category', routeCategories: { route: category.map((one) => ({ category: one })) } });
const MANY = Array.from({ length: 500 }, (_, number) => `category_${number}`);
const ODD = ['Other', '__proto__', 'constructor', '}}', '{{', '"', "'", '`', '\\', '${x}', 'Größe', '請求書', '📄', 'x'.repeat(300)];

interface Row {
	name: string;
	node: { parameters: object; onError?: 'continueErrorOutput' };
	/** null for the one output of a node that does not route, which has no name. */
	names: Array<string | null>;
}

const ROWS: Row[] = [
	{ name: 'routeBy none', node: { parameters: { routeBy: 'none' } }, names: [null] },
	{ name: 'no parameters at all', node: { parameters: {} }, names: [null] },
	...MODES.map((routeBy) => ({ name: `routeBy ${routeBy}`, node: { parameters: { routeBy } }, names: FIXED_OUTPUTS[routeBy] })),
	...MODES.map((routeBy) => ({
		name: `routeBy ${routeBy} with an error output`,
		node: { parameters: { routeBy }, onError: 'continueErrorOutput' as const },
		names: [...FIXED_OUTPUTS[routeBy], 'Error'],
	})),
	...['start', 'getMany', 'cancel', 'delete'].map((operation) => ({
		name: `${operation}, which does not route`,
		node: { parameters: { operation, ...byCategory('invoice') } },
		names: [null],
	})),
	{ name: 'batchRun classify', node: { parameters: { resource: 'batchRun', operation: 'classify', routeBy: 'status' } }, names: FIXED_OUTPUTS.status },
	{ name: 'categories that are picked, typed or plain', node: { parameters: byCategory(picked('invoice'), 'contract', 7) }, names: [...FIXED_OUTPUTS.category, 'invoice', 'contract', '7'] },
	{ name: 'a category that is not chosen yet', node: { parameters: byCategory('invoice', picked('')) }, names: [...FIXED_OUTPUTS.category, 'invoice', 'Category 2'] },
	{ name: 'categories whatever they are called', node: { parameters: byCategory(...ODD) }, names: [...FIXED_OUTPUTS.category, ...ODD] },
	{ name: '500 categories', node: { parameters: byCategory(...MANY.map(picked)) }, names: [...FIXED_OUTPUTS.category, ...MANY] },
];

describe.each(enginesHere())("the public interface, the outputs as n8n's engine %s evaluates them", (engine) => {
	let result: { engine: string; names: Row['names'][] };
	beforeAll(() => {
		const description = { ...new ExtendClassify().description, outputs: `={{(${compiledOutputs()})($parameter)}}` };
		const input = JSON.stringify({ engine, description, nodes: ROWS.map(({ node }) => node) });
		result = JSON.parse(execFileSync(process.execPath, [join(__dirname, 'evaluateOutputs.mjs')], { input, encoding: 'utf8' }));
	}, 120_000);

	it('are evaluated by it and no other', () => {
		expect(result.engine).toBe(engine);
	});

	it.each(ROWS.map((row, index) => [row.name, index] as const))('%s', (_, index) => {
		expect(result.names[index]).toEqual(ROWS[index]?.names);
	});
});
