import type { Extend } from 'extend-ai';
import { checkCategories, normalizeConfig, overrideConfig } from '../classifiers/config';
import { findClassifier, findVersion } from '../classifiers/find';
import type { Context } from '../context';
import type { StoredClassifier, StoredVersion } from '../store';
import type { ClassifierInput, RunRequest } from './requests';

/** What is to be run: a version of a saved classifier, or an inline configuration. */
export interface Target {
	classifier: StoredClassifier | null;
	version: StoredVersion | null;
	config: Extend.ClassifyConfig;
}

/** Target of a saved classifier. @throws ApiProblem 400, 404 */
export function findTarget(input: ClassifierInput, { store, options }: Context): Target {
	const classifier = findClassifier(store, input.id);
	const version = findVersion(classifier, input.version);
	const override = input.overrideConfig;
	if (override?.classifications) {
		checkCategories(override.classifications, 'classifier.overrideConfig', options.requireOther);
	}
	return { classifier, version, config: overrideConfig(version.config, override) };
}

/** Target of a request for a single run. @throws ApiProblem 400, 404 */
export function targetOf({ classifier, config }: RunRequest, context: Context): Target {
	if (classifier) return findTarget(classifier, context);
	// The request's schema lets no request pass that has neither of the two.
	const inline = config ?? { classifications: [] };
	checkCategories(inline.classifications, 'config', context.options.requireOther);
	return { classifier: null, version: null, config: normalizeConfig(inline) };
}
