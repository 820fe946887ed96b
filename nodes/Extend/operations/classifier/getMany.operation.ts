import { SAFE_PAGE, takeEntries } from '../../api/pagination';
import { pageParameters, readLimit } from '../../parameters/listing';
import { readOutputSettings, shape, simplify } from '../../parameters/run';
import type { ItemOperation } from '../types';
import { simplifySummary } from './simplifyClassifier';

export const getManyOperation: ItemOperation = {
	kind: 'item',
	givesList: true,
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many classifiers',
		description: 'List the classifiers of the workspace, the last changed first',
	},
	parameters: [...pageParameters, simplify],
	async execute({ read, extend }) {
		const limit = readLimit(read);
		const pageSize = Math.min(limit, SAFE_PAGE);
		const classifiers = await takeEntries(limit, async (token) => await extend.listClassifiers(pageSize, token));
		return classifiers.map((classifier) => ({ json: shape(readOutputSettings(read), classifier, simplifySummary) }));
	},
};
