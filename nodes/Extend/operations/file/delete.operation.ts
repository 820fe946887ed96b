import { readFileId, storedFileId } from '../../parameters/file';
import type { ItemOperation } from '../types';

export const deleteOperation: ItemOperation = {
	kind: 'item',
	option: { name: 'Delete', value: 'delete', action: 'Delete file', description: 'Permanently delete a file from Extend' },
	parameters: [storedFileId],
	async execute({ read, extend }) {
		const id = readFileId(read);
		await extend.deleteFile(id);
		return [{ json: { deleted: true, id } }];
	},
};
