import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import type { ExtendClient } from '../api/client';
import type { JsonObject } from '../api/json';
import { objectAt, objectsAt, stringAt } from '../api/json';
import type { ClassifierTarget } from '../api/types';
import { matches, withPicker } from '../n8n/picker';
import type { Read } from '../n8n/read';
import { createEditorRead } from '../n8n/read';
import { readTarget } from '../parameters/classifier';

/** The categories a run of this node can come to: those given in it, or those of the version that will run. */
export async function searchCategories(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await withPicker(this, async (extend) => {
		const config = await loadConfig(targetIn(createEditorRead(this)), extend);
		const categories = objectsAt(config, 'classifications').filter((category) => stringAt(category, 'id') !== undefined);
		return { results: categories.map(nameCategory).filter((item) => matches(item, filter)) };
	});
}

/** @throws ExtendError when neither a classifier nor categories are there yet */
function targetIn(read: Read): ClassifierTarget {
	const isClassify = read.text('operation') === 'classify';
	const givesCategories = isClassify && read.text('resource') === 'classifyRun';
	// What other operations left in these parameters is hidden and means nothing.
	const hidden: Record<string, string> = {
		...(givesCategories ? {} : { classifyWith: 'classifier' }),
		...(isClassify ? {} : { classifierVersion: 'latest' }),
	};
	return readTarget({ ...read, text: (name) => hidden[name] ?? read.text(name) }, {});
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
