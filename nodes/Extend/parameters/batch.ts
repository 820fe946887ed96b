import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../api/errors';
import type { Read } from '../n8n/read';
import { BATCH_LINK, idIn } from './links';

export const batchId: INodeProperties = {
	displayName: 'Batch ID',
	name: 'batchId',
	type: 'string',
	default: '={{ $json.batchId }}',
	required: true,
	placeholder: 'e.g. bpr_1234567890',
	description: 'The ID of the batch, as returned by Start',
};

/** @throws ExtendError when there is none */
export function readBatchId(read: Read): string {
	const id = read.text(batchId);
	if (id !== '') return idIn(id, BATCH_LINK);
	throw inputError('There is no batch ID', 'Enter one under Batch ID, or check that the incoming item has a field "batchId".');
}
