import type { INodeProperties } from 'n8n-workflow';
import type { Read } from '../n8n/read';
import { flagIn, numberIn } from './values';

/** Seconds; runs usually take seconds, long documents minutes. */
const DEFAULT_TIMEOUT_SECONDS = 1_800;

/** The collection "Wait Options". */
export const waitOptions: INodeProperties = {
	displayName: 'Wait Options',
	name: 'waitOptions',
	type: 'collection',
	placeholder: 'Add Wait Option',
	default: {},
	description: 'How long to wait, and what happens after that',
	options: [
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_TIMEOUT_SECONDS,
			description: 'How long to wait for each run before giving up; 1800 seconds are half an hour',
		},
		{
			displayName: 'On Timeout',
			name: 'onTimeout',
			type: 'options',
			options: [
				{ name: 'Cancel the Run', value: 'cancel', description: 'Cancel it at Extend and output it as it then is' },
				{ name: 'Fail the Item', value: 'error', description: 'Stop the workflow, or do what is set under Settings → On Error; the run goes on at Extend' },
				{ name: 'Return the Run', value: 'return', description: 'Output it unfinished; it goes on at Extend, and can be waited for later' },
			],
			default: 'error',
			description: 'What happens when a run is not finished in time',
		},
		{
			displayName: 'Cancel When Stopped',
			name: 'cancelOnStop',
			type: 'boolean',
			default: false,
			description: 'Whether to cancel the open runs at Extend when this workflow is stopped',
		},
	],
};

export interface WaitOptions {
	timeoutSeconds: number;
	onTimeout: 'error' | 'return' | 'cancel';
	cancelsOnStop: boolean;
}

/** @throws ExtendError for a timeout that is no number above zero, and for a switch that is neither on nor off */
export function readWaitOptions(read: Read): WaitOptions {
	const group = read.group('waitOptions');
	const { onTimeout } = group;
	return {
		timeoutSeconds: numberIn(group, 'timeout', { label: 'Timeout', minimum: 0.001 }) ?? DEFAULT_TIMEOUT_SECONDS,
		onTimeout: onTimeout === 'return' || onTimeout === 'cancel' ? onTimeout : 'error',
		cancelsOnStop: flagIn(group, 'cancelOnStop', 'Cancel When Stopped') ?? false,
	};
}
