import type { Resource } from '../types';
import { classifyOperation } from './classify.operation';
import { getOperation } from './get.operation';
import { startOperation } from './start.operation';
import { waitForCompletionOperation } from './waitForCompletion.operation';

export const batchRunResource: Resource = {
	option: { name: 'Batch Run', value: 'batchRun', description: 'Many documents at once, up to 1,000 with one request; Extend takes them up after everything else' },
	operations: [classifyOperation, startOperation, getOperation, waitForCompletionOperation],
};
