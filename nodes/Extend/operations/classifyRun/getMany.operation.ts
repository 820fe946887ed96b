import type { INodeProperties } from 'n8n-workflow';
import type { ExtendClient } from '../../api/client';
import { asExtendError, isNotFound, unreadableList } from '../../api/errors';
import type { JsonObject } from '../../api/json';
import { stringAt } from '../../api/json';
import { LARGEST_PAGE, takeEntries } from '../../api/pagination';
import { pageParameters, readLimit, readRunQuery, runFilters, runSort } from '../../parameters/listing';
import { readOutputSettings, shapeRun, simplify } from '../../parameters/run';
import type { ItemOperation } from '../types';

const includeOutput: INodeProperties = {
	displayName: 'Include Results',
	name: 'includeOutput',
	type: 'boolean',
	default: false,
	description: "Whether to get each run in full, with category and confidence. Extend's list does not include them.",
};

/** Without this, a list of processed runs looks as if nothing had been classified. */
const LIST_WITHOUT_RESULTS = "Extend's list does not include results. Turn on Include Results to get category and confidence.";

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
	async execute({ read, extend, hint }) {
		const limit = readLimit(read);
		const query = readRunQuery(read);
		const pageSize = Math.min(limit, LARGEST_PAGE);
		const listed = await takeEntries(limit, async (token) => await extend.listRuns(query, pageSize, token));
		const [wantsOutput, output] = [read.flag(includeOutput), readOutputSettings(read)];
		if (!wantsOutput && listed.some((run) => stringAt(run, 'status') === 'PROCESSED')) hint(LIST_WITHOUT_RESULTS);
		const runs = await Promise.all(listed.map(async (run) => await complete(run, extend, { wantsOutput })));
		return runs.map((run) => ({ json: shapeRun(output, run) }));
	},
};

/**
 * The listed run, or the whole one where that is wanted or the list does not say how it stands. One that was deleted
 * meanwhile stays as it was listed.
 * @throws ExtendError for a run without an ID or a status
 */
async function complete(listed: JsonObject, extend: ExtendClient, { wantsOutput }: { wantsOutput: boolean }): Promise<JsonObject> {
	const id = stringAt(listed, 'id');
	const hasStatus = stringAt(listed, 'status') !== undefined;
	if (id === undefined) throw unreadableList('a run in the list has no ID');
	if (hasStatus && !wantsOutput) return listed;
	try {
		return (await extend.getRun(id)).json;
	} catch (caught) {
		const error = asExtendError(caught);
		if (hasStatus && isNotFound(error)) return listed;
		throw error.withFacts({ runId: id });
	}
}
