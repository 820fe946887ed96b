import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';
import { Engine, messagesOf, nodeOf, outputOf, PASS_ON, type Flow } from '../engine/engine';
import { CLASSIFIER_ID, type ClientJob } from '../protocol';
import { textOf } from '../workload';
import type { Work, WorkResult } from './types';

const BEFORE = nodeOf('Before', PASS_ON);
const MEASURED = 'Measured';
const EXTEND = 'n8n-nodes-extend-ai.extendClassify';
const CLASSIFY = {
	operation: 'classify',
	classifyWith: 'classifier',
	classifier: { __rl: true, mode: 'id', value: CLASSIFIER_ID },
	fileSource: 'text',
	text: '={{ $json.text }}',
};
/** n8n's node would send everything at once, more than a computer has connections for. */
const HTTP_BATCHES = { batch: { batchSize: 10, batchInterval: 25 } };

function flowOf(type: string, parameters: IDataObject, typeVersion?: number): Flow {
	return { nodes: [BEFORE, nodeOf(MEASURED, type, parameters, typeVersion)], connections: { Before: [[MEASURED]] } };
}

function documentItems(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, document) => ({ json: { text: textOf(document) } }));
}

function resultOf(runs: readonly IRun[]): WorkResult {
	const outcomes = runs.flatMap((run) => outputOf(run, MEASURED).map(({ json }) => json));
	return { outcomes, messages: runs.flatMap(messagesOf) };
}

/** All documents in one execution of our node. */
export function prepareNode(job: ClientJob): Work {
	const engine = new Engine(job.installation, job);
	const items = documentItems(job.documents);
	return async () => resultOf([await engine.run(flowOf(EXTEND, CLASSIFY), items)]);
}

/** All documents in one execution and as few batches as Extend takes. */
export function prepareBatch(job: ClientJob): Work {
	const engine = new Engine(job.installation, job);
	const items = documentItems(job.documents);
	return async () => resultOf([await engine.run(flowOf(EXTEND, { ...CLASSIFY, resource: 'batchRun' }), items)]);
}

/** An execution of our node for each document, all at the same time, as mail and storage triggers make them. */
export function prepareExecutions(job: ClientJob): Work {
	const engine = new Engine(job.installation, job);
	return async () => {
		const runs = documentItems(job.documents).map(async (item, index) => await engine.run(flowOf(EXTEND, CLASSIFY), [item], String(index)));
		return resultOf(await Promise.all(runs));
	};
}

function prepareReading(job: ClientJob, flow: Flow): Work {
	const engine = new Engine(job.installation, job);
	const items = job.runIds.map((id) => ({ json: { id } }));
	return async () => resultOf([await engine.run(flow, items)]);
}

/** Wait for Completion of runs started elsewhere. */
export function prepareWait(job: ClientJob): Work {
	return prepareReading(job, flowOf(EXTEND, { operation: 'waitForCompletion', runId: '={{ $json.id }}' }));
}

export function prepareGet(job: ClientJob): Work {
	return prepareReading(job, flowOf(EXTEND, { operation: 'get', runId: '={{ $json.id }}' }));
}

/** The same with n8n's own HTTP Request node. */
export function prepareHttpGet(job: ClientJob): Work {
	const parameters = {
		url: `=${job.url}/classify_runs/{{ $json.id }}`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'extendApi',
		options: { batching: HTTP_BATCHES },
	};
	return prepareReading(job, flowOf('n8n-nodes-base.httpRequest', parameters, 4.2));
}
