/** A part of Extend's API that this package relies on, and where the SDK declares it. */
export interface Topic {
	name: string;
	source: Source;
	/** Where in our code to look when it changes. */
	look: string;
}

/** How a topic is read: from which file below the SDK's folder, and what in it. */
export type Source =
	| { kind: 'fields' | 'values' | 'methods'; file: string; of: string }
	| { kind: 'comment'; file: string; of: string; field: string }
	/** Matches of a pattern's first group, in a file or in each JavaScript file of a folder. */
	| { kind: 'pattern'; file: string; pattern: RegExp };

const typeFile = (of: string) => `api/types/${of}.d.ts`;
const requestFile = (resource: string, of: string) => `api/resources/${resource}/client/requests/${of}.d.ts`;

const fields = (name: string, of: string, look: string): Topic => ({ name, look, source: { kind: 'fields', file: typeFile(of), of } });
const values = (name: string, of: string, look: string): Topic => ({ name, look, source: { kind: 'values', file: typeFile(of), of } });

function request(name: string, [resource, of]: [resource: string, of: string], look: string): Topic {
	return { name, look, source: { kind: 'fields', file: requestFile(resource, of), of } };
}

function calls(resource: string, look: string): Topic {
	const of = `${resource.charAt(0).toUpperCase()}${resource.slice(1)}Client`;
	return { name: `calls of ${resource}`, look, source: { kind: 'methods', file: `api/resources/${resource}/client/Client.d.ts`, of } };
}

const STATUS = 'runs/status.ts, and the outputs in routing/outputs.ts';
const OUTPUT = 'runs/output.ts and the table of fields in README.md';
const ADVICE = 'api/advice.ts';
const OPTIONS = 'parameters/modelOptions.ts';
const START = 'api/client.ts and api/types.ts';
const LISTING = 'parameters/listing.ts';
const EVENTS = 'parameters/trigger.ts and webhook/event.ts';
const ENDPOINT = 'webhook/registration.ts';
const OPERATIONS = 'operations/index.ts: is there something new to offer?';

/** All that is compared. The names are the keys of known.json. */
export const TOPICS: Topic[] = [
	{
		name: 'version of the API',
		source: { kind: 'pattern', file: 'BaseClient.js', pattern: /"x-extend-api-version":[^"]*"([\d-]+)"/g },
		look: 'api/deployment.ts',
	},
	{ name: 'deployments', source: { kind: 'values', file: 'environments.d.ts', of: 'ExtendEnvironment' }, look: 'api/deployment.ts' },
	values('statuses of a run', 'ProcessorRunStatus', STATUS),
	values('statuses of a batch', 'BatchRunStatus', STATUS),
	{
		name: 'failure reasons',
		source: { kind: 'comment', file: typeFile('ClassifyRun'), of: 'ClassifyRun', field: 'failureReason' },
		look: 'api/reasons.ts',
	},
	{
		name: 'statuses of refusals',
		source: { kind: 'pattern', file: 'api/errors', pattern: /statusCode: (\d{3})/g },
		look: ADVICE,
	},
	fields('fields of a refusal', 'ApiError', 'api/errors.ts'),
	fields('fields of a run', 'ClassifyRun', OUTPUT),
	fields('fields of a run in a list', 'ClassifyRunSummary', OUTPUT),
	fields('fields of a result', 'ClassifyOutput', OUTPUT),
	fields('fields of an insight', 'Insight', OUTPUT),
	fields('fields of a file', 'FileSummary', OUTPUT),
	fields('fields of the metadata of a file', 'FileMetadata', OUTPUT),
	fields('fields of the usage', 'RunUsage', OUTPUT),
	fields('fields of a classifier', 'ClassifierSummary', OUTPUT),
	fields('fields of a version', 'ClassifierVersionSummary', OUTPUT),
	fields('fields of a batch', 'BatchRun', 'the operations in operations/batchRun'),
	values('types of files', 'FileType', 'starting/fileTypes.ts'),
	fields('settings of a classification', 'ClassifyConfig', OPTIONS),
	fields('advanced settings of a classification', 'ClassifyAdvancedOptions', OPTIONS),
	fields('fields of a category', 'Classification', 'starting/categories.ts'),
	fields('settings of the parser', 'ParseConfig', `${OPTIONS}: they are passed on as JSON`),
	values('base processors', 'ClassifyBaseProcessor', OPTIONS),
	values('contexts', 'ClassifyAdvancedOptionsContext', OPTIONS),
	request('fields of a start', ['classifyRuns', 'ClassifyRunsCreateRequest'], START),
	request('fields of the start of a batch', ['classifyRuns', 'ClassifyRunsCreateBatchRequest'], START),
	{
		name: 'fields of a reference to a classifier',
		source: {
			kind: 'fields',
			file: 'api/resources/classifyRuns/types/ClassifyRunsCreateRequestClassifier.d.ts',
			of: 'ClassifyRunsCreateRequestClassifier',
		},
		look: START,
	},
	fields('fields of a document given by URL', 'FileFromUrl', START),
	fields('fields of a document given by ID', 'FileFromId', START),
	fields('fields of a document given as text', 'FileFromText', START),
	request('fields of an upload', ['files', 'FilesUploadRequest'], 'n8n/upload.ts and api/upload.ts'),
	request('filters of the list of runs', ['classifyRuns', 'ClassifyRunsListRequest'], LISTING),
	values('sources of runs', 'RunSource', LISTING),
	values('events of endpoints', 'WebhookEndpointEventType', EVENTS),
	values('events of subscriptions', 'WebhookSubscriptionEventType', EVENTS),
	fields('fields of an event', 'ClassifyRunProcessedWebhookEvent', EVENTS),
	request('fields of a new endpoint', ['webhookEndpoints', 'WebhookEndpointsCreateRequest'], ENDPOINT),
	request('fields of a new subscription', ['webhookSubscriptions', 'WebhookSubscriptionsCreateRequest'], ENDPOINT),
	calls('classifyRuns', OPERATIONS),
	calls('batchRuns', OPERATIONS),
	calls('classifiers', OPERATIONS),
	calls('classifierVersions', OPERATIONS),
	calls('files', OPERATIONS),
	calls('webhookEndpoints', ENDPOINT),
	calls('webhookSubscriptions', ENDPOINT),
];
