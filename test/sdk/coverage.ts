import type { INodeProperties } from 'n8n-workflow';
import { adviceForAnswer, adviceForRun } from '../../nodes/Extend/api/advice';
import { API_VERSION, buildHeaders, REGION_BASE_URLS } from '../../nodes/Extend/api/deployment';
import { readApiError } from '../../nodes/Extend/api/errors';
import { objectAt, objectsAt, type JsonObject } from '../../nodes/Extend/api/json';
import { pageQuery } from '../../nodes/Extend/api/requests';
import { runFilters, runSort } from '../../nodes/Extend/parameters/listing';
import { modelOptions, readModelOptions } from '../../nodes/Extend/parameters/modelOptions';
import { triggerParameters } from '../../nodes/Extend/parameters/trigger';
import { routeRun } from '../../nodes/Extend/routing/route';
import { simplifyRun } from '../../nodes/Extend/runs/output';
import { KNOWN_STATUSES } from '../../nodes/Extend/runs/status';
import { buildClassifications, readCategories } from '../../nodes/Extend/documents/categories';
import { fakeRead } from '../unit/support/fakeRead';
import { ALL_OPTIONS, SAMPLE_REFUSAL, SAMPLE_RUNS } from './samples';

/** Whether our code has a place for an entry of a topic: a value, or the name of a field. */
export type Covers = (entry: string) => boolean;

/** The object without a field, which lies in the object that `path` leads to. */
function without(whole: JsonObject, path: readonly string[], field: string): JsonObject {
	const [step, ...rest] = path;
	if (step === undefined) return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field));
	if (Array.isArray(whole[step])) return { ...whole, [step]: objectsAt(whole, step).map((each) => without(each, rest, field)) };
	return { ...whole, [step]: without(objectAt(whole, step) ?? {}, rest, field) };
}

/** A field is used when the output changes without it, in one of the samples. */
function isShown(...path: string[]): Covers {
	const text = (run: JsonObject) => JSON.stringify(simplifyRun(run));
	return (field) => SAMPLE_RUNS.some((run) => text(run) !== text(without(run, path, field)));
}

/** What a user sees and what the code decides by, of a refusal. */
function refusalText(body: JsonObject): string {
	const { message, advice, facts } = readApiError({ kind: 'answer', status: 404, headers: {}, text: JSON.stringify(body) });
	return JSON.stringify([message, advice, facts]);
}

function namesIn({ options = [] }: INodeProperties): string[] {
	return options.map(({ name }) => name);
}

/** The values that one of some parameters offers. */
function valuesIn(parameters: INodeProperties['options'], name: string): string[] {
	const found = parameters?.find((each) => each.name === name);
	const offered = found !== undefined && 'type' in found ? (found.options ?? []) : [];
	return offered.flatMap((option) => ('value' in option ? [String(option.value)] : []));
}

const among = (known: readonly string[]): Covers => (entry) => known.includes(entry);

const config = readModelOptions(fakeRead({ modelOptions: ALL_OPTIONS }));
const [category = {}] = buildClassifications(readCategories([{ id: 'invoice' }]));
const listQuery = [...namesIn(runFilters), ...namesIn(runSort), ...Object.keys(pageQuery({}, 1, 'token') ?? {})];
const isStatus = among(KNOWN_STATUSES);

function hasAdvice(reason: string): boolean {
	return adviceForRun('FAILED', reason).advice !== adviceForRun('FAILED', 'NOT_KNOWN_YET').advice;
}

function hasOutput(failureReason: string): boolean {
	const run = { id: 'clr_1', status: 'FAILED', json: { failureReason } };
	const route = routeRun(run, { by: 'failureReason', categories: new Set() }, 0);
	return route.kind === 'fixed' && route.output !== 'Other Error';
}

/** What Extend does besides classification is no matter of ours. */
const offeredEvents = valuesIn(triggerParameters, 'events');
const isOfferedOrForeign: Covers = (event) => offeredEvents.includes(event) || !/^(classify_run|classifier|batch_processor_run)\./.test(event);

/** How our code is asked whether it knows an entry, by topic. Topics that are passed on as they are have none. */
export const COVERS: Record<string, Covers> = {
	'version of the API': among([API_VERSION]),
	deployments: among(Object.values(REGION_BASE_URLS)),
	'statuses of a run': isStatus,
	'statuses of a batch': isStatus,
	'failure reasons': (reason) => hasAdvice(reason) && hasOutput(reason),
	'statuses of refusals': (status) => adviceForAnswer(undefined, Number(status)) !== adviceForAnswer(undefined, 418),
	'fields of a refusal': (field) => refusalText(SAMPLE_REFUSAL) !== refusalText(without(SAMPLE_REFUSAL, [], field)),
	'fields of a run': isShown(),
	'fields of a run in a list': isShown(),
	'fields of a result': isShown('output'),
	'fields of an insight': isShown('output', 'insights'),
	'fields of a file': isShown('file'),
	'fields of the metadata of a file': isShown('file', 'metadata'),
	'fields of the usage': isShown('usage'),
	'fields of a classifier': isShown('classifier'),
	'fields of a version': isShown('classifierVersion'),
	'settings of a classification': among([...Object.keys(config), 'classifications']),
	'advanced settings of a classification': among(Object.keys(objectAt(config, 'advancedOptions') ?? {})),
	'fields of a category': among(Object.keys(category)),
	'base processors': among(valuesIn(modelOptions.options, 'baseProcessor')),
	contexts: among(valuesIn(modelOptions.options, 'context')),
	'filters of the list of runs': among([...listQuery, ...Object.keys(buildHeaders({ workspaceId: 'ws_1' }))]),
	'events of endpoints': isOfferedOrForeign,
	'events of subscriptions': isOfferedOrForeign,
	'sources of runs': among(valuesIn(runFilters.options, 'source')),
};
