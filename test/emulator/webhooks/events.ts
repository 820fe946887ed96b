const RESOURCES = ['extractor', 'classifier', 'splitter'];
const RUNS = [
	...['parse_run', 'edit_run', 'extract_run', 'classify_run', 'split_run'],
	...['batch_processor_run', 'batch_parse_run'],
];

const runEvents = (run: string) => [`${run}.processed`, `${run}.failed`];
const resourceEvents = (resource: string) =>
	['created', 'updated', 'deleted', 'draft.updated', 'version.published'].map((event) => `${resource}.${event}`);

/** Events of a whole workspace, for endpoints; `workflow_run.*` is not among them. */
export const GLOBAL_EVENTS: string[] = [
	...RUNS.flatMap(runEvents),
	...RESOURCES.flatMap(resourceEvents),
	'workflow.created',
	'workflow.deployed',
	'workflow.deleted',
];

const batchEvents = runEvents('batch_processor_run');

/** Events of one resource, for subscriptions, by the resource's type. */
export const RESOURCE_EVENTS = {
	extractor: [...runEvents('extract_run'), ...batchEvents],
	classifier: [...runEvents('classify_run'), ...batchEvents],
	splitter: [...runEvents('split_run'), ...batchEvents],
	workflow: [
		...['completed', 'failed', 'needs_review', 'rejected', 'cancelled', 'step_run.processed'].map(
			(event) => `workflow_run.${event}`,
		),
	],
};
