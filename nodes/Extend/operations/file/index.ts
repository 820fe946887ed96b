import type { Resource } from '../types';
import { deleteOperation } from './delete.operation';
import { getOperation } from './get.operation';
import { uploadOperation } from './upload.operation';

export const fileResource: Resource = {
	option: { name: 'File', value: 'file', description: 'A document that is kept at Extend, to be classified once or often' },
	operations: [uploadOperation, getOperation, deleteOperation],
};
