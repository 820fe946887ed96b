import type { INodeProperties } from 'n8n-workflow';
import type { ExtendClient } from '../../api/client';
import { asExtendError } from '../../api/errors';
import type { JsonObject } from '../../api/json';
import { stringAt } from '../../api/json';
import { LARGEST_PAGE, takeEntries } from '../../api/pagination';
import { pageParameters, readLimit, readRunQuery, runFilters, runSort } from '../../parameters/listing';
import { shapeRun, simplify } from '../../parameters/run';
import type { ItemOperation } from '../types';

const includeOutput: INodeProperties = {
	displayName: 'Include Output',
	name: 'includeOutput',
	type: 'boolean',
	default: false,
	description: "Whether to fetch each run in full; Extend's list comes without categories and confidence",
};

export const getManyOperation: ItemOperation = {
	kind: 'item',
	givesList: true,
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many classify runs',
		description: 'List runs by status, classifier, batch, source or file name',
	},
	parameters: [...pageParameters, includeOutput, runFilters, runSort, simplify],
	async execute({ read, extend }) {
		const limit = readLimit(read);
		const query = readRunQuery(read);
		const pageSize = Math.min(limit, LARGEST_PAGE);
		const listed = await takeEntries(limit, async (token) => await extend.listRuns(query, pageSize, token));
		const runs = read.flag('includeOutput') ? await Promise.all(listed.map(async (run) => await inFull(run, extend))) : listed;
		return runs.map((run) => ({ json: shapeRun(read, run) }));
	},
};

/** The whole run; the listed one where it was deleted meanwhile. */
async function inFull(listed: JsonObject, extend: ExtendClient): Promise<JsonObject> {
	const id = stringAt(listed, 'id');
	if (id === undefined) return listed;
	try {
		return (await extend.getRun(id)).json;
	} catch (caught) {
		const error = asExtendError(caught);
		if (error.facts.status === 404) return listed;
		throw error.withFacts({ runId: id });
	}
}
