import { extractValue } from 'n8n-core/dist/execution-engine/node-execution-context/utils/extract-value';
import type { ILoadOptionsFunctions, INode, INodeParameterResourceLocator, INodeParameters } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { ExtendClassify } from '../../nodes/Extend/ExtendClassify.node';
import { searchCategories } from '../../nodes/Extend/pickers/categories';
import { getClassifiers, getClassifierVersions, searchClassifiers } from '../../nodes/Extend/pickers/classifiers';
import { ExtendApi } from '../../credentials/ExtendApi.credentials';
import { openStage, type Stage } from './setup';

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

/** n8n's context of a picker, as far as ours look at it; requests go out through fetch. */
function editor(chosen: string | INodeParameterResourceLocator = '', apiKey = stage.extend.apiKey, parameters: INodeParameters = {}): ILoadOptionsFunctions {
	const current: INodeParameters = { resource: 'classifyRun', operation: 'classify', classifyWith: 'classifier', classifier: chosen, ...parameters };
	const node: INode = { name: 'Extend Classify', type: 'x', typeVersion: 1, id: '1', position: [0, 0], parameters: current };
	const credential = { apiKey, region: 'custom', baseUrl: stage.extend.url };
	const context = {
		getCredentials: async () => credential,
		getCurrentNodeParameter: (name: string, options?: { extractValue?: boolean }) =>
			options?.extractValue === true ? extractValue(current[name], name, node, new ExtendClassify()) : current[name],
		getNode: () => node,
		helpers: {
			httpRequestWithAuthentication: async (_: string, { url, qs = {} }: { url: string; qs?: Record<string, string> }) => {
				const { authenticate } = new ExtendApi();
				if (typeof authenticate !== 'function') throw new Error('The credential has no authenticate function');
				const { headers } = await authenticate(credential, { url });
				const answer = await fetch(`${url}?${new URLSearchParams(qs).toString()}`, { headers: headers as Record<string, string> });
				return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
			},
		},
	};
	return context as unknown as ILoadOptionsFunctions;
}

describe('searchClassifiers', () => {
	it('pages through all classifiers, each once', async () => {
		const names: string[] = [];
		let token: string | undefined;
		do {
			const page = await searchClassifiers.call(editor(), '', token);
			names.push(...page.results.map(({ value }) => String(value)));
			token = page.paginationToken as string | undefined;
		} while (token !== undefined);
		expect(new Set(names).size).toBe(stage.extend.store.classifiers.size);
	});

	it('finds a name or an ID wherever it is in the list', async () => {
		const { results } = await searchClassifiers.call(editor(), 'INBOUND');
		expect(results).toContainEqual({ name: 'Inbound mail', value: 'cl_inbound_mail' });
		expect(results.every(({ name, value }) => /inbound/i.test(`${name} ${String(value)}`))).toBe(true);
	});

	it('shows what is wrong instead of an empty list', async () => {
		await expect(searchClassifiers.call(editor('', 'sk_test_wrong'))).rejects.toThrow(/UNAUTHORIZED.*\. Check the API key and the region/);
	});
});

describe('a list that Extend does not give', () => {
	it('shows what Extend answers when it stays the same', async () => {
		stage.extend.options.onRequest = () => ({ kind: 'status', status: 503, body: { code: 'INTERNAL_ERROR', message: 'Under maintenance.' } });
		await expect(searchClassifiers.call(editor())).rejects.toThrow(/Under maintenance/);
	}, 20_000);

	it('leaves out entries that cannot be chosen', async () => {
		stage.extend.options.onRequest = () => ({ kind: 'status', status: 200, body: { data: [{ id: 5, name: 'Nameless' }, { id: 'cl_1', name: 'Mail' }] } });
		expect((await searchClassifiers.call(editor())).results).toEqual([{ name: 'Mail', value: 'cl_1' }]);
		expect(await getClassifiers.call(editor())).toEqual([{ name: 'Mail', value: 'cl_1' }]);
	});
});

describe('getClassifiers', () => {
	it('gives names and IDs', async () => {
		expect(await getClassifiers.call(editor())).toContainEqual({ name: 'Inbound mail', value: 'cl_inbound_mail' });
	});
});

describe('getClassifierVersions', () => {
	it('gives latest with its number, the draft and all published versions', async () => {
		const versions = await getClassifierVersions.call(editor('cl_inbound_mail'));
		expect(versions.map(({ value }) => value)).toEqual(['latest', 'draft', '2.0', '1.0']);
		expect(versions[0]?.description).toMatch(/currently 2\.0/);
	});

	it('gives latest and draft while no classifier is chosen', async () => {
		expect((await getClassifierVersions.call(editor())).map(({ value }) => value)).toEqual(['latest', 'draft']);
		expect(stage.extend.requests).toEqual([]);
	});

	it('gives those of the classifier that a link leads to', async () => {
		const link = { __rl: true as const, mode: 'url', value: 'https://dashboard.extend.ai/processors/cl_freight_documents' };
		expect((await getClassifierVersions.call(editor(link))).map(({ value }) => value)).toEqual(['latest', 'draft', '1.0']);
		expect((await getClassifierVersions.call(editor({ ...link, value: '' }))).map(({ value }) => value)).toEqual(['latest', 'draft']);
	});

	it('says what is wrong with a link that leads to no classifier', async () => {
		const versions = getClassifierVersions.call(editor({ __rl: true, mode: 'url', value: 'https://example.com/x' }));
		await expect(versions).rejects.toThrow('The link does not lead to a classifier. Copy its address from the Extend dashboard');
		await expect(versions).rejects.toBeInstanceOf(NodeOperationError);
	});
});

describe('searchCategories', () => {
	const idsOf = async (parameters: INodeParameters, filter?: string) => {
		const { results } = await searchCategories.call(editor('cl_inbound_mail', undefined, parameters), filter);
		return results.map(({ value }) => value);
	};

	it('gives the categories of the version that is chosen, not of another', async () => {
		const { published, draft } = stage.extend.store.classifiers.get('cl_inbound_mail') ?? {};
		const versions = [...(published ?? []), ...(draft === undefined ? [] : [draft])];
		expect(versions).toHaveLength(3);
		for (const { version, config } of versions) {
			expect(await idsOf({ classifierVersion: version })).toEqual(config.classifications.map(({ id }) => id));
		}
		expect(await idsOf({ classifierVersion: 'latest' })).toEqual(await idsOf({ classifierVersion: '2.0' }));
		expect(await idsOf({ classifierVersion: '1.0' })).not.toEqual(await idsOf({ classifierVersion: '2.0' }));
	});

	it('gives those of the latest version to operations that only fetch runs, whatever other operations left behind', async () => {
		const left = { routeBy: 'category', classifierVersion: '1.0', classifyWith: 'categories', categories: { category: [{ id: 'left' }] } };
		const latest = await idsOf({ classifierVersion: 'latest' });
		for (const operation of ['get', 'waitForCompletion']) expect(await idsOf({ ...left, operation })).toEqual(latest);
		expect(await idsOf({ ...left, resource: 'batchRun' })).toEqual(await idsOf({ classifierVersion: '1.0' }));
	});

	it('gives the categories of the node itself, with the one for everything else, and asks Extend nothing', async () => {
		const category = [{ id: 'invoice', type: '', description: 'asks for payment' }, { id: 'contract' }];
		expect(await idsOf({ classifyWith: 'categories', categories: { category } })).toEqual(['invoice', 'contract', 'other']);
		expect(await idsOf({ classifyWith: 'categoriesJson', categoriesJson: '["invoice", "contract"]' })).toEqual(['invoice', 'contract', 'other']);
		expect(await idsOf({ classifyWith: 'categoriesJson', categoriesJson: '[{ "id": "letter", "type": "other" }]' })).toEqual(['letter']);
		expect(stage.extend.requests).toEqual([]);
	});

	it('finds what the user types', async () => {
		expect(await idsOf({}, ' INVOI')).toEqual(['invoice']);
		expect(await idsOf({}, 'nothing like that')).toEqual([]);
	});

	it.each<[string, INodeParameters]>([
		['of JSON', { classifyWith: 'categoriesJson', categoriesJson: null as never }],
		['of JSON that the editor leaves as it is', { classifyWith: 'categoriesJson', categoriesJson: '={{ $json.categories }}' }],
		['of all categories', { classifyWith: 'categories', categories: null as never }],
		['of the ID of one', { classifyWith: 'categories', categories: { category: [{ id: 'invoice' }, { id: null }] } as never }],
	])('says what to do where the data for an expression %s is not there yet', async (_, parameters) => {
		await expect(idsOf(parameters)).rejects.toThrow('The categories come from an expression. Run the nodes before once, or choose By ID.');
	});

	it('says the same of a classifier that comes from an expression', async () => {
		const classifier = { __rl: true as const, mode: 'id', value: null as never };
		await expect(searchCategories.call(editor(classifier))).rejects.toThrow('The classifier comes from an expression. Run the nodes before once');
	});

	it('says what is missing instead of an empty list', async () => {
		await expect(searchCategories.call(editor(''))).rejects.toThrow('No classifier is chosen. Pick one from the list');
		await expect(searchCategories.call(editor('cl_nobody'))).rejects.toThrow(/NOT_FOUND.*\. Check the ID/);
		const bare = editor('', undefined, { classifyWith: 'categories', categories: {} });
		await expect(searchCategories.call(bare)).rejects.toThrow(/no categories to choose from\. Add at least one/);
	});
});
