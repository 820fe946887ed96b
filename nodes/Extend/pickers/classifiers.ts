import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import type { JsonObject } from '../api/json';
import { stringAt } from '../api/json';
import { takeEntries } from '../api/pagination';
import { matches, readForPicker, withPicker } from '../n8n/picker';

const PAGE_SIZE = 50;
/** Pages that are looked through for a name in one go; n8n then asks for more as the user scrolls. */
const PAGES_PER_SEARCH = 10;
/** Entries of a drop-down that cannot be searched or paged. */
const MAX_OPTIONS = 500;

/** One page of classifiers by name; Extend has no filter for names, so a search goes through its pages here. */
export async function searchClassifiers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await withPicker(this, async (extend) => {
		const results: INodeListSearchItems[] = [];
		let token = paginationToken;
		for (let page = 0; page < PAGES_PER_SEARCH && (page === 0 || token !== undefined); page++) {
			const { entries, nextPageToken } = await extend.listClassifiers(PAGE_SIZE, token);
			results.push(...entries.map(nameClassifier).filter((item) => matches(item, filter)));
			token = nextPageToken;
			if (results.length >= PAGE_SIZE || filter === undefined || filter === '') break;
		}
		return { results, paginationToken: token };
	});
}

function nameClassifier(classifier: JsonObject): { name: string; value: string } {
	const id = stringAt(classifier, 'id') ?? '';
	return { name: stringAt(classifier, 'name') ?? id, value: id };
}

/** All classifiers, for a filter. */
export async function getClassifiers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await withPicker(this, async (extend) => {
		const classifiers = await takeEntries(MAX_OPTIONS, async (token) => await extend.listClassifiers(PAGE_SIZE, token));
		return classifiers.map(nameClassifier).filter((item) => matches(item));
	});
}

/** The versions of the classifier that is chosen in the node, with what the latest and the draft are. */
export async function getClassifierVersions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const id = readForPicker(this, (read) => read.locator('classifier'));
	if (id === '') return [latestOption(undefined), DRAFT_OPTION];
	return await withPicker(this, async (extend) => {
		const summaries = await takeEntries(MAX_OPTIONS, async (token) => await extend.listClassifierVersions(id, PAGE_SIZE, token));
		const published = summaries.filter((summary) => stringAt(summary, 'version') !== 'draft');
		const newest = published[0] === undefined ? undefined : stringAt(published[0], 'version');
		return [latestOption(newest ?? ''), DRAFT_OPTION, ...published.map(nameVersion)];
	});
}

const DRAFT_OPTION: INodePropertyOptions = {
	name: 'Draft',
	value: 'draft',
	description: 'The version being edited in the Extend dashboard. It can change at any time.',
};

/** @param newest the newest published version, empty where none is published, undefined where that is not known */
function latestOption(newest: string | undefined): INodePropertyOptions {
	const now = newest === undefined ? '' : newest === '' ? ', or the draft until one is published' : `, currently ${newest}`;
	return { name: 'Latest', value: 'latest', description: `The newest published version${now}` };
}

function nameVersion(summary: JsonObject): INodePropertyOptions {
	const version = stringAt(summary, 'version') ?? stringAt(summary, 'id') ?? '';
	const description = stringAt(summary, 'description');
	return { name: version, value: version, ...(description === undefined ? {} : { description }) };
}
