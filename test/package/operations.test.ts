import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { loadNodes } from './support/nodes';
import { readText } from './support/project';
import { isSentenceCase, isTitleCase } from './support/words';

/** The values that saved workflows hold, by resource; the first one is the default. */
const VALUES: Record<string, string[]> = {
	classifyRun: ['classify', 'start', 'get', 'waitForCompletion', 'getMany', 'cancel', 'delete'],
	batchRun: ['classify', 'start', 'get', 'waitForCompletion'],
	classifier: ['get', 'getMany'],
	file: ['upload', 'get', 'delete'],
};

/** n8n's names for what can be done with a record. @see https://docs.n8n.io/integrations/creating-nodes/plan/node-ui-design/ */
const USUAL_NAMES: Record<string, string> = {
	create: 'Create',
	delete: 'Delete',
	get: 'Get',
	getMany: 'Get Many',
	update: 'Update',
	upsert: 'Create or Update',
};

/** What an action may be about. */
const THINGS = /\b(runs?|batch|batches|classifiers?|files?|documents?)\b/;

interface Listed {
	resource: string;
	option: INodePropertyOptions;
}

let properties: INodeProperties[] = [];
let listed: Listed[] = [];

const isOption = (option: object): option is INodePropertyOptions => 'value' in option;
const resourcesOf = ({ displayOptions }: INodeProperties) => (displayOptions?.show?.resource ?? []).map(String);

beforeAll(async () => {
	properties = (await loadNodes()).flatMap(({ node }) => node.description.properties);
	listed = properties
		.filter(({ name }) => name === 'operation')
		.flatMap((property) =>
			resourcesOf(property).flatMap((resource) => (property.options ?? []).filter(isOption).map((option) => ({ resource, option }))),
		);
});

describe('the operations', () => {
	const named = (wrong: Listed[]) => wrong.map(({ resource, option }) => `${resource}: ${option.name}`);

	it('have the values that saved workflows hold, and no others', () => {
		for (const resource of new Set(listed.map((each) => each.resource))) {
			const values = listed.filter((each) => each.resource === resource).map(({ option }) => String(option.value));
			expect([resource, ...values.sort()]).toEqual([resource, ...[...(VALUES[resource] ?? [])].sort()]);
		}
		expect(listed.length).toBeGreaterThanOrEqual(7);
	});

	it('are in the order of their use, with the most used one chosen', () => {
		const operations = properties.filter(({ name }) => name === 'operation');
		for (const operation of operations) {
			expect(operation.default).toBe((operation.options ?? []).filter(isOption)[0]?.value);
		}
		expect(listed.filter(({ resource }) => resource === 'classifyRun').map(({ option }) => option.value)).toEqual(VALUES.classifyRun);
	});

	it('carry n8n\'s usual names for what is done with a record', () => {
		const wrong = listed.filter(({ option }) => option.name !== (USUAL_NAMES[String(option.value)] ?? option.name));
		expect(named(wrong)).toEqual([]);
	});

	it('answer a deletion with deleted: true', () => {
		const deletions = listed.filter(({ option }) => option.value === 'delete').map(({ resource }) => `nodes/Extend/__schema__/v1.0.0/${resource}/delete.json`);
		const answered = deletions.map((path) => JSON.parse(readText(path)).properties.deleted);
		expect(answered).toEqual([{ type: 'boolean' }, { type: 'boolean' }]);
	});

	it('are named in Title Case', () => {
		expect(named(listed.filter(({ option }) => !isTitleCase(option.name)))).toEqual([]);
	});

	it('have actions in sentence case that name the thing and leave out articles', () => {
		const isGood = (action: string) => isSentenceCase(action) && THINGS.test(action) && !/\b(a|an|the)\b/i.test(action);
		expect(named(listed.filter(({ option }) => !isGood(option.action ?? '')))).toEqual([]);
	});

	it('say what they do, without a full stop', () => {
		expect(named(listed.filter(({ option }) => !/^[A-Z].{10,}[^.]$/.test(option.description ?? '')))).toEqual([]);
	});

	it('simplify what comes out by a switch, wherever a run comes out', () => {
		const simplify = properties.filter(({ name }) => name === 'simplify').filter((property) => resourcesOf(property).includes('classifyRun'));
		const shownFor = simplify.flatMap(({ displayOptions }) => displayOptions?.show?.operation ?? []);
		expect(simplify.map(({ type, default: standard }) => [type, standard])).toEqual([['boolean', true]]);
		expect([...shownFor].sort()).toEqual(VALUES.classifyRun?.filter((value) => value !== 'delete').sort());
	});

	it('cannot be changed by an expression, since parameters depend on them', () => {
		const choices = properties.filter(({ name }) => ['resource', 'operation'].includes(name));
		expect(choices.filter(({ noDataExpression }) => noDataExpression !== true)).toEqual([]);
	});
});
