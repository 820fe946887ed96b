import type { Resource } from '../types';
import { deleteOperation } from './delete.operation';
import { getOperation } from './get.operation';
import { uploadOperation } from './upload.operation';

export const fileResource: Resource = {
	option: { name: 'File', value: 'file', description: 'Upload documents to Extend, to classify them by ID later' },
	operations: [uploadOperation, getOperation, deleteOperation],
};
