import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../api/errors';
import type { JsonObject } from '../api/json';
import type { Run } from '../api/types';
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

/** Json as the parameter Simplify wants it: as `simplified` makes it, or as Extend sent it. */
export function shape(read: Read, json: JsonObject, simplified: (json: JsonObject) => JsonObject): JsonObject {
	return read.flag(simplify) ? simplified(json) : rawRun(json);
}

/** Json of a run as the parameter Simplify wants it. */
export function shapeRun(read: Read, run: JsonObject): JsonObject {
	return shape(read, run, simplifyRun);
}

/** The item for a run, as far as it does not depend on the input. */
export function outputRun(read: Read, run: Run): { json: JsonObject; run: Run } {
	return { json: shapeRun(read, run.json), run };
}

/**
 * Reads what shapes the output, which has to be known before anything is paid for.
 * @throws ExtendError for what cannot be used
 */
export function checkOutput(read: Read): void {
	read.flag(simplify);
	read.text(onRunFailed);
	readMinimumConfidence(read);
}

/** @throws ExtendError for a run that failed, where the node is to treat that as a failed item */
export function checkRunFailed(read: Read, run: Run): void {
	if (hasFailed(run) && read.text(onRunFailed) === 'error') throw failedRunError(run);
}
