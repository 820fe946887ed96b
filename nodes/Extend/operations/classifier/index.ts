import type { Resource } from '../types';
import { getManyOperation } from './getMany.operation';
import { getOperation } from './get.operation';

export const classifierResource: Resource = {
	option: { name: 'Classifier', value: 'classifier', description: 'Get classifiers and their categories, as created in the Extend dashboard' },
	operations: [getOperation, getManyOperation],
};
