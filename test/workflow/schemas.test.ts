/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the schemas and a document */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { properties } from '../../nodes/Extend/operations';
import { fileOf } from './engine';
import { FAILED_RUN, PROCESSED_RUN } from '../unit/support/runExamples';
import { openStage, SAVED, type Stage } from './setup';
import { deliver, eventOf } from './triggerDelivery';
import { FAILED, PROCESSED, TriggerStage } from './triggerStage';

const ROOT = resolve(__dirname, '../..');
const SCHEMAS = join(ROOT, 'nodes/Extend/__schema__/v1.0.0');

interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

function schemaOf(name: string): Schema {
	return JSON.parse(readFileSync(join(SCHEMAS, `${name}.json`), 'utf8')) as Schema;
}

const valuesOf = ({ options = [] }: INodeProperties) => options.map((option) => ('value' in option ? String(option.value) : ''));
const operations = properties
	.filter(({ name }) => name === 'operation')
	.flatMap((property) => valuesOf(property).map((operation) => `${String(property.displayOptions?.show?.resource?.[0])}/${operation}`));

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

/** What of a value a schema does not tell of; n8n's editor shows no fields of an object that may be null, so that goes unsaid. */
function differences(value: unknown, schema: Schema, path = ''): string[] {
	const type = typeOf(value);
	const isForeseen = [schema.type].flat().includes(type) || (type === 'null' && schema.type === 'object');
	if (!isForeseen) return [`${path} is of type ${type}`];
	if (Array.isArray(value)) return value.flatMap((entry, index) => differences(entry, schema.items ?? { type: 'none' }, `${path}[${index}]`));
	if (type !== 'object' || Object.keys(schema.properties ?? {}).length === 0) return [];
	const fields = Object.entries(schema.properties ?? {});
	const unknown = Object.keys(value as object).filter((key) => !fields.some(([field]) => field === key));
	return [
		...unknown.map((key) => `${path}.${key} is not in the schema`),
		...fields.flatMap(([key, field]) => differences((value as IDataObject)[key], field, `${path}.${key}`)),
	];
}

let stage: Stage;
const outputs = new Map<string, IDataObject[]>();

async function run(name: string, parameters: IDataObject, items = [{ json: {} }]): Promise<IDataObject[]> {
	const [resource, operation] = name.split('/');
	const { json, error } = await stage.run({ parameters: { resource, operation, ...parameters }, items });
	if (error !== undefined) throw new Error(error.message);
	outputs.set(name, json);
	return json;
}

const ENDINGS: Record<string, IDataObject> = {
	'plain.pdf': {},
	'reviewed.pdf': { reviewed: true, edited: true, category: 'contract' },
	'bad.pdf': { failureReason: 'PARSING_ERROR' },
};

/** A reviewed run, one that failed and, where it is classified, an item without a document: every field is filled once. */
beforeAll(async () => {
	stage = await openStage({
		outcome: ({ fileName }) => (fileName === null ? undefined : ENDINGS[fileName]),
	});
	const pdf = readFileSync(join(ROOT, 'examples/documents/invoice.pdf'));
	const withFile = Object.keys(ENDINGS).map(async (name) => ({ json: {}, binary: { data: await fileOf(pdf, name, 'application/pdf') } }));
	const items = [...(await Promise.all(withFile)), { json: {} }];
	const classify = { classifier: SAVED, binaryFields: '*', fileOptions: { onNoDocument: 'skip' }, options: { metadata: '{"mail":"AP-1"}' } };
	await run('classifyRun/start', classify, items);
	const runs = (await run('classifyRun/classify', classify, items)).filter(({ id }) => id !== null);
	const ofRuns = runs.map((json) => ({ json }));
	for (const operation of ['get', 'waitForCompletion', 'cancel']) await run(`classifyRun/${operation}`, {}, ofRuns);
	await run('classifyRun/getMany', { includeOutput: true });
	await run('classifyRun/delete', {}, ofRuns.slice(1));
	await run('batchRun/classify', classify, items);
	const batch = await run('batchRun/start', classify, items);
	for (const operation of ['get', 'waitForCompletion']) await run(`batchRun/${operation}`, {}, batch.map((json) => ({ json })));
	await run('classifier/get', { classifier: SAVED });
	await run('classifier/getMany', {});
	const [file] = await run('file/upload', {}, items.slice(0, 1));
	await run('file/get', { fileId: String(runs[0]?.fileId) });
	await run('file/delete', { fileId: String(file?.id) });
});
afterAll(async () => {
	await stage.extend.close();
});

describe('the output schemas', () => {
	it('are there for every operation, and for no other', () => {
		const files = readdirSync(SCHEMAS, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
		expect(files.map((path) => path.replace('.json', '')).sort()).toEqual([...operations].sort());
		expect([...outputs.keys()].sort()).toEqual([...operations].sort());
	});

	it.each(operations)('tell of every field that %s puts out, and of its type', (name) => {
		const items = outputs.get(name) ?? [];
		expect(items.length).toBeGreaterThan(0);
		expect(items.flatMap((json) => differences(json, schemaOf(name)))).toEqual([]);
	});

	it.each(operations)('promise nothing that %s does not put out', (name) => {
		// A run that was only just started has no result yet, and a new file no page count, but all fields are there.
		const isNew = name === 'classifyRun/start' || name === 'file/upload';
		const isGiven = (json: IDataObject, key: string) => (isNew ? key in json : (json[key] ?? null) !== null);
		const promised = Object.keys(schemaOf(name).properties ?? {});
		expect(promised.filter((key) => outputs.get(name)?.some((json) => isGiven(json, key)) !== true)).toEqual([]);
	});
});

describe('the output schema of the trigger', () => {
	let triggers: TriggerStage;
	beforeEach(async () => {
		triggers = await TriggerStage.open();
	});
	afterEach(async () => await triggers.close());

	it('tells of every field of a run that starts a workflow, and promises no other', async () => {
		const host = await triggers.openHost();
		const schema = schemaOf('../v1.0.0');
		for (const event of [eventOf(PROCESSED_RUN, PROCESSED), eventOf(FAILED_RUN, FAILED)]) {
			const { items = [] } = await deliver(host, event);
			expect(items.flatMap((json) => differences(json, schema))).toEqual([]);
			expect(items.map((json) => Object.keys(json).sort())).toEqual([Object.keys(schema.properties ?? {}).sort()]);
		}
	});
});
