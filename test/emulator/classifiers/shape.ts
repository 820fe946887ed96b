import type { Extend } from 'extend-ai';
import type { StoredClassifier, StoredVersion } from '../store';
import { isoTime } from '../time';

/** The classifier as lists and runs show it. */
export function shapeClassifierSummary(classifier: StoredClassifier): Extend.ClassifierSummary {
	return {
		object: 'classifier',
		id: classifier.id,
		name: classifier.name,
		createdAt: isoTime(classifier.createdAtMs),
		updatedAt: isoTime(classifier.updatedAtMs),
	};
}

/** The classifier as GET answers it, with its draft. */
export function shapeClassifier(classifier: StoredClassifier): Extend.Classifier {
	return {
		...shapeClassifierSummary(classifier),
		draftVersion: shapeVersion(classifier.draft, classifier.id),
	};
}

/** The version as lists and runs show it: without its configuration. */
export function shapeVersionSummary(version: StoredVersion, classifierId: string): Extend.ClassifierVersionSummary {
	return {
		object: 'classifier_version',
		id: version.id,
		description: version.description,
		version: version.version,
		classifierId,
		createdBy: version.createdBy,
		createdAt: isoTime(version.createdAtMs),
	};
}

/** The version as GET answers it. */
export function shapeVersion(version: StoredVersion, classifierId: string): Extend.ClassifierVersion {
	return { ...shapeVersionSummary(version, classifierId), config: version.config };
}
