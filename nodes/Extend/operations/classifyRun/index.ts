import type { Resource } from '../types';
import { cancelOperation } from './cancel.operation';
import { classifyOperation } from './classify.operation';
import { deleteOperation } from './delete.operation';
import { getManyOperation } from './getMany.operation';
import { getOperation } from './get.operation';
import { startOperation } from './start.operation';
import { waitForCompletionOperation } from './waitForCompletion.operation';

export const classifyRunResource: Resource = {
	option: { name: 'Classify Run', value: 'classifyRun', description: 'Classify documents, one run for each' },
	operations: [
		classifyOperation,
		startOperation,
		getOperation,
		waitForCompletionOperation,
		getManyOperation,
		cancelOperation,
		deleteOperation,
	],
};
