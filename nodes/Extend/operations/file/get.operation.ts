import { readFileId, storedFileId } from '../../parameters/file';
import { readOutputSettings, shape, simplify } from '../../parameters/run';
import type { ItemOperation } from '../types';
import { simplifyFile } from './simplifyFile';

export const getOperation: ItemOperation = {
	kind: 'item',
	option: { name: 'Get', value: 'get', action: 'Get file', description: 'Get the name, type and page count of a file at Extend' },
	parameters: [storedFileId, simplify],
	async execute({ read, extend }) {
		return [{ json: shape(readOutputSettings(read), await extend.getFile(readFileId(read)), simplifyFile) }];
	},
};
