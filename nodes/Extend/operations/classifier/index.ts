import type { Resource } from '../types';
import { getManyOperation } from './getMany.operation';
import { getOperation } from './get.operation';

export const classifierResource: Resource = {
	option: { name: 'Classifier', value: 'classifier', description: 'What knows your categories; made and edited in the Extend dashboard' },
	operations: [getOperation, getManyOperation],
};
