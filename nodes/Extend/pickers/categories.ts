import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import type { ExtendClient } from '../api/client';
import { inputError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { objectAt, objectsAt, stringAt } from '../api/json';
import type { ClassifierTarget } from '../api/types';
import { matches, withPicker } from '../n8n/picker';
import type { Read } from '../n8n/read';
import { createEditorRead, nameOf } from '../n8n/read';
import { readTarget } from '../parameters/classifier';

/** The categories a run of this node can come to: those given in it, or those of the version that will run. */
export async function searchCategories(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await withPicker(this, async (extend) => {
		const config = await loadConfig(targetIn(createEditorRead(this)), extend);
		const categories = objectsAt(config, 'classifications').filter((category) => stringAt(category, 'id') !== undefined);
		return { results: categories.map(nameCategory).filter((item) => matches(item, filter)) };
	});
}

/** @throws ExtendError when there is no classifier and no categories yet */
function targetIn(read: Read): ClassifierTarget {
	const isClassify = read.text('operation') === 'classify';
	const givesCategories = isClassify && read.text('resource') === 'classifyRun';
	// What other operations left in these parameters is hidden and means nothing.
	const hidden: Record<string, string> = {
		...(givesCategories ? {} : { classifyWith: 'classifier' }),
		...(isClassify ? {} : { classifierVersion: 'latest' }),
	};
	const shown: Read = { ...read, text: (parameter) => hidden[nameOf(parameter)] ?? read.text(parameter) };
	assertResolved(shown);
	return readTarget(shown, {});
}

/** The editor gives nothing for an expression whose data is not there yet. @throws ExtendError where that is so */
function assertResolved(read: Read): void {
	const source = read.text('classifyWith');
	const missing = source === 'classifier' ? 'classifier' : 'categories';
	if (!isUnresolved(read.value(source))) return;
	throw inputError(`The ${missing} ${missing === 'classifier' ? 'comes' : 'come'} from an expression`, 'Run the nodes before once, or choose By ID.');
}

/** Whether a value, the one in a resource locator, or the ID of a category is missing, or is an expression as it was written. */
function isUnresolved(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return true;
	if ('__rl' in value) return isUnresolved(Reflect.get(value, 'value'));
	const entries: unknown = Reflect.get(value, 'category');
	return Array.isArray(entries) && entries.some((entry: unknown) => isUnresolved(typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'id') : entry));
}

async function loadConfig(target: ClassifierTarget, extend: ExtendClient): Promise<JsonObject | undefined> {
	if ('config' in target) return target.config;
	const { id, version = 'latest' } = target.classifier;
	return objectAt(await extend.getClassifierVersion(id, version), 'config');
}

function nameCategory(category: JsonObject): INodeListSearchItems {
	const id = stringAt(category, 'id') ?? '';
	return { name: id, value: id, description: stringAt(category, 'description') };
}
