import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../api/errors';
import type { JsonObject } from '../api/json';
import type { Run } from '../api/types';
import type { RunItem } from '../n8n/items';
import type { Read } from '../n8n/read';
import { failedRunError } from '../runs/outcome';
import { rawRun, simplifyRun } from '../runs/output';
import { hasFailed } from '../runs/status';
import { readMinimumConfidence } from './routing';

export const runId: INodeProperties = {
	displayName: 'Run ID',
	name: 'runId',
	type: 'string',
	default: '={{ $json.id }}',
	required: true,
	placeholder: 'e.g. clr_1234567890',
	description: 'The ID of the run, as returned by Start or Get Many',
};

/** @throws ExtendError when there is none */
export function readRunId(read: Read): string {
	const id = read.text(runId);
	if (id !== '') return id;
	throw inputError(
		'There is no run ID',
		'Enter one under Run ID, or check that the incoming item has a field "id". An item that continued without a result has none.',
	);
}

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const onRunFailed: INodeProperties = {
	displayName: 'If a Run Fails',
	name: 'onRunFailed',
	type: 'options',
	options: [
		{ name: 'Return the Run', value: 'return', description: 'Return the run with the reason, so that the workflow can branch on it' },
		{ name: 'Fail the Item', value: 'error', description: 'Stop the workflow, or do what is set under Settings → On Error' },
	],
	default: 'return',
	description: 'What to do with a run that failed or was cancelled at Extend',
};

/** What the parameters say about the items of runs, read before anything is paid for. */
export interface OutputSettings {
	isSimplified: boolean;
	/** Whether a run that ended FAILED or CANCELLED fails its item. */
	failsOnFailedRun: boolean;
	/** The confidence from which a result needs no review, from 0 to 1. */
	minimumConfidence: number;
}

/** @throws ExtendError for what cannot be used */
export function readOutputSettings(read: Read): OutputSettings {
	return {
		isSimplified: read.flag(simplify),
		failsOnFailedRun: read.text(onRunFailed) === 'error',
		minimumConfidence: readMinimumConfidence(read),
	};
}

/** Json as Simplify wants it: as `simplified` makes it, or as Extend sent it. */
export function shape(
	{ isSimplified }: Pick<OutputSettings, 'isSimplified'>,
	json: JsonObject,
	simplified: (json: JsonObject) => JsonObject,
): JsonObject {
	return isSimplified ? simplified(json) : rawRun(json);
}

/** Json of a run as Simplify wants it. */
export function shapeRun(settings: Pick<OutputSettings, 'isSimplified'>, run: JsonObject): JsonObject {
	return shape(settings, run, simplifyRun);
}

/**
 * The item for a run, as far as it does not depend on the input.
 * @throws ExtendError for a run that failed, where the node is to treat that as a failed item
 */
export function outputRun(settings: OutputSettings, run: Run): RunItem {
	if (settings.failsOnFailedRun && hasFailed(run)) throw failedRunError(run);
	return { json: shapeRun(settings, run.json), run, minimumConfidence: settings.minimumConfidence };
}
