import { notFound } from '../server/errors';
import type { Store, StoredClassifier, StoredVersion } from '../store';

/** @throws ApiProblem 404 */
export function findClassifier(store: Store, id: string): StoredClassifier {
	const classifier = store.classifiers.get(id);
	if (classifier === undefined) throw notFound('Classifier');
	return classifier;
}

/**
 * The version meant by `draft`, `latest`, a number or a version ID; `latest` is the draft when nothing is published.
 * @throws ApiProblem 404
 */
export function findVersion(classifier: StoredClassifier, wanted = 'latest'): StoredVersion {
	const { draft, published } = classifier;
	if (wanted === 'draft' || wanted === draft.id) return draft;
	if (wanted === 'latest') return published.at(-1) ?? draft;
	const version = published.find((each) => each.version === wanted || each.id === wanted);
	if (version === undefined) throw notFound('Classifier version');
	return version;
}
