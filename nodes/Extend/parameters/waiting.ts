import type { INodeProperties } from 'n8n-workflow';
import type { Read } from '../n8n/read';
import { flagIn, numberIn } from './values';

/** Seconds; runs usually take seconds, long documents minutes. */
const DEFAULT_TIMEOUT_SECONDS = 1_800;
/** What a workflow file or an expression may go down to; the panel offers whole seconds. */
const SHORTEST_TIMEOUT_SECONDS = 0.001;

const timeout: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_TIMEOUT_SECONDS,
	description: 'How long to wait for each run. The default of 1800 seconds is half an hour.',
};

const onTimeout: INodeProperties = {
	displayName: 'On Timeout',
	name: 'onTimeout',
	type: 'options',
	options: [
		{ name: 'Cancel the Run', value: 'cancel', description: 'Cancel the run at Extend and return it as it is then' },
		{ name: 'Fail the Item', value: 'error', description: 'Stop the workflow, or do what is set under Settings → On Error. The run continues at Extend.' },
		{ name: 'Return the Run', value: 'return', description: 'Return the unfinished run. It continues at Extend, and you can wait for it later.' },
	],
	default: 'error',
	description: 'What to do when a run does not finish in time',
};

const cancelOnStop: INodeProperties = {
	displayName: 'Cancel Runs When Stopped',
	name: 'cancelOnStop',
	type: 'boolean',
	default: false,
	description: 'Whether to cancel unfinished runs at Extend when you stop this workflow. Credits already used are not refunded.',
};

/** The collection "Wait Options". */
export const waitOptions: INodeProperties = {
	displayName: 'Wait Options',
	name: 'waitOptions',
	type: 'collection',
	placeholder: 'Add Wait Option',
	default: {},
	description: 'How long to wait, and what to do after that',
	options: [timeout, onTimeout, cancelOnStop],
};

export interface WaitOptions {
	timeoutSeconds: number;
	onTimeout: 'error' | 'return' | 'cancel';
	cancelsOnStop: boolean;
}

/** @throws ExtendError for a timeout that is no number above zero, and for a switch that is neither on nor off */
export function readWaitOptions(read: Read): WaitOptions {
	const group = read.group(waitOptions);
	const end = group.onTimeout;
	const seconds = numberIn(group, { ...timeout, typeOptions: { minValue: SHORTEST_TIMEOUT_SECONDS } });
	return {
		timeoutSeconds: seconds ?? DEFAULT_TIMEOUT_SECONDS,
		onTimeout: end === 'return' || end === 'cancel' ? end : 'error',
		cancelsOnStop: flagIn(group, cancelOnStop) ?? false,
	};
}
