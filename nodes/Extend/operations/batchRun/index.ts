import type { Resource } from '../types';
import { classifyOperation } from './classify.operation';
import { getOperation } from './get.operation';
import { startOperation } from './start.operation';
import { waitForCompletionOperation } from './waitForCompletion.operation';

export const batchRunResource: Resource = {
	option: { name: 'Batch Run', value: 'batchRun', description: 'Classify up to 1,000 documents in one request; Extend runs batches after single runs' },
	operations: [classifyOperation, startOperation, getOperation, waitForCompletionOperation],
};
