import { readClassifierId, readVersion, savedClassifier, savedVersion } from '../../parameters/classifier';
import { readOutputSettings, shape, simplify } from '../../parameters/run';
import type { ItemOperation } from '../types';
import { simplifyClassifier } from './simplifyClassifier';

export const getOperation: ItemOperation = {
	kind: 'item',
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get classifier',
		description: 'Get a classifier and the categories of one of its versions',
	},
	parameters: [savedClassifier, savedVersion, simplify],
	async execute({ read, extend }) {
		const id = readClassifierId(read);
		const [classifier, classifierVersion] = await Promise.all([
			extend.getClassifier(id),
			extend.getClassifierVersion(id, readVersion(read)),
		]);
		return [{ json: shape(readOutputSettings(read), { ...classifier, classifierVersion }, simplifyClassifier) }];
	},
};
