import { openStage, SAVED, type Stage } from '../setup';

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

const resource = 'classifier';
const get = { resource, operation: 'get', classifier: SAVED };
const idsOf = (categories: unknown) => (Array.isArray(categories) ? categories.map((category: { id: string }) => category.id) : []);

describe('the public interface, classifier get (classifier, classifierVersion)', () => {
	it.each([
		['1.0', '1.0', ['invoice', 'contract', 'other']],
		['2.0', '2.0', ['invoice', 'contract', 'bill_of_lading', 'other']],
		['latest', '2.0', ['invoice', 'contract', 'bill_of_lading', 'other']],
		['draft', 'draft', ['invoice', 'contract', 'bill_of_lading', 'customs_form', 'other']],
	])('gives the categories of the version %s', async (classifierVersion, version, ids) => {
		const { json, error } = await stage.run({ parameters: { ...get, classifierVersion } });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1);
		expect(json[0]).toMatchObject({ id: 'cl_inbound_mail', name: 'Inbound mail', version });
		expect(idsOf(json[0]?.categories)).toEqual(ids);
	});

	it('gives { id, name, version, categories: [{ id, type, description }], createdAt, updatedAt }, and the whole answer with simplify off', async () => {
		const simple = await stage.run({ parameters: get });
		expect(Object.keys(simple.json[0] ?? {})).toEqual(['id', 'name', 'version', 'categories', 'createdAt', 'updatedAt']);
		expect(simple.json[0]?.categories).toEqual(
			expect.arrayContaining([{ id: 'invoice', type: 'invoice', description: 'A supplier asks for payment for goods or services.' }]),
		);
		const raw = await stage.run({ parameters: { ...get, simplify: false, classifierVersion: '1.0' } });
		expect(raw.json[0]).toMatchObject({
			object: 'classifier',
			draftVersion: { version: 'draft', config: { classifications: expect.any(Array) } },
			classifierVersion: { object: 'classifier_version', version: '1.0', config: { classifications: expect.any(Array) } },
		});
	});

	it('falls back to the draft while no version is published', async () => {
		const neverPublished = [...stage.extend.store.classifiers.values()].find(({ published }) => published.length === 0);
		const { json } = await stage.run({ parameters: { ...get, classifier: { mode: 'id', value: neverPublished?.id ?? '' } } });
		expect(json[0]).toMatchObject({ id: neverPublished?.id, version: 'draft' });
	});

	it('takes a link to the dashboard, for each item its own, and keeps pairing and binary', async () => {
		const [first, second] = [...stage.extend.store.classifiers.keys()];
		const items = [first, second].map((id) => ({ json: { link: `https://dashboard.extend.ai/processors/${id}` }, binary: {} }));
		const classifier = { __rl: true, mode: 'url', value: '={{ $json.link }}' };
		const { json, outputs } = await stage.run({ parameters: { ...get, classifier }, items });
		expect(json.map(({ id }) => id)).toEqual([first, second]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it.each([
		['no classifier is chosen', { classifier: { mode: 'id', value: '={{ $json.nothing }}' } }, /No classifier is chosen.*\[item 0\]/],
		['the classifier does not exist', { classifier: { mode: 'id', value: 'cl_nobody' } }, /not found.* \[item 0\]/],
		['the version does not exist', { classifierVersion: '9.0' }, /^Version 9\.0 does not exist in classifier cl_inbound_mail \[item 0\]/],
	])('says so when %s, and names no run', async (_, parameters, message) => {
		const { error } = await stage.run({ parameters: { ...get, ...parameters } });
		expect(error?.message).toMatch(message);
		expect(error?.description).not.toMatch(/Runs at Extend/);
	});

	it('does not take a classifier for a run when another item does not succeed', async () => {
		const items = [{ json: { id: 'cl_inbound_mail' } }, { json: { id: 'cl_nobody' } }];
		const { error } = await stage.run({ parameters: { ...get, classifier: { mode: 'id', value: '={{ $json.id }}' } }, items });
		expect(error?.message).toMatch(/\[item 1\]/);
		expect(error?.description).not.toMatch(/Runs at Extend/);
	});
});

describe('the public interface, classifier getMany (returnAll, limit)', () => {
	const many = { resource, operation: 'getMany' };

	it('gives the same without version and categories, the last changed first', async () => {
		const { json } = await stage.run({ parameters: { ...many, returnAll: true } });
		const all = [...stage.extend.store.classifiers.values()].sort((one, other) => other.updatedAtMs - one.updatedAtMs);
		expect(json.map(({ id, name }) => [id, name])).toEqual(all.map(({ id, name }) => [id, name]));
		expect(Object.keys(json[0] ?? {})).toEqual(['id', 'name', 'createdAt', 'updatedAt']);
	});

	it('gives all pages, or as many as the limit says', async () => {
		const [first] = stage.extend.store.classifiers.values();
		if (first === undefined) throw new Error('The stand-in has no classifier');
		for (let copy = 0; copy < 250; copy++) stage.extend.store.classifiers.set(`cl_${copy}`, { ...first, id: `cl_${copy}` });
		const all = await stage.run({ parameters: { ...many, returnAll: true } });
		expect(new Set(all.json.map(({ id }) => id)).size).toBe(stage.extend.store.classifiers.size);
		expect((await stage.run({ parameters: { ...many, limit: 120 } })).json).toHaveLength(120);
		expect((await stage.run({ parameters: many })).json).toHaveLength(50);
	});

	it('gives the untouched entries when Simplify is off', async () => {
		const { json } = await stage.run({ parameters: { ...many, limit: 1, simplify: false } });
		expect(json).toEqual([expect.objectContaining({ object: 'classifier' })]);
	});
});
