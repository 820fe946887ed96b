import { adviceForRun } from '../api/advice';
import type { JsonObject, JsonValue } from '../api/json';
import { booleanAt, numberAt, objectAt, objectsAt, stringAt } from '../api/json';
import { hasFailed } from './status';
import { creditsOf } from './summary';

/** Why a run has no result; all null for a run that did not fail and was not cancelled. */
function describeFailure(run: JsonObject): JsonObject {
	const status = stringAt(run, 'status') ?? '';
	if (!hasFailed({ status })) {
		return { failureReason: null, failureMessage: null, failureAdvice: null, retryable: null };
	}
	const failureReason = stringAt(run, 'failureReason');
	const { advice, retryable } = adviceForRun(status, failureReason);
	return {
		failureReason: failureReason ?? null,
		failureMessage: stringAt(run, 'failureMessage') ?? null,
		failureAdvice: advice,
		retryable,
	};
}

/**
 * What a person's review made of the category.
 * @see https://docs.extend.ai/2026-02-09/api-reference initialOutput and reviewedOutput exist for reviewed runs only
 */
function describeReview(run: JsonObject): JsonObject {
	const reviewed = booleanAt(run, 'reviewed') ?? null;
	const edited = booleanAt(run, 'edited') ?? null;
	const category = stringAt(objectAt(run, 'output'), 'id') ?? null;
	const initial = stringAt(objectAt(run, 'initialOutput'), 'id') ?? null;
	if (reviewed !== true) {
		return { reviewed, edited, initialCategory: initial ?? category, reviewedCategory: null, changedByReview: false };
	}
	const reviewedCategory = stringAt(objectAt(run, 'reviewedOutput'), 'id') ?? category;
	// Without both results only the mark of the review tells whether they differ.
	const areBothKnown = initial !== null && reviewedCategory !== null;
	const changedByReview = areBothKnown ? initial !== reviewedCategory : edited === true;
	return { reviewed, edited, initialCategory: initial, reviewedCategory, changedByReview };
}

/** The reasons for the category, one a line. */
function reasoningOf(output: JsonObject | undefined): string | null {
	const contents = objectsAt(output, 'insights').map((insight) => stringAt(insight, 'content'));
	const reasoning = contents.filter((content) => content !== undefined).join('\n');
	return reasoning === '' ? null : reasoning;
}

/**
 * The fields of a run that workflows branch on, flat, in the order in which they are needed: what a user looks for first
 * stands in the first columns of the table. Every key is always there; what Extend left out is null.
 */
export function simplifyRun(run: JsonObject): JsonObject {
	const text = (key: string): JsonValue => stringAt(run, key) ?? null;
	const [file, output, classifier] = [objectAt(run, 'file'), objectAt(run, 'output'), objectAt(run, 'classifier')];
	return {
		fileName: stringAt(file, 'name') ?? null,
		category: stringAt(output, 'id') ?? null,
		confidence: numberAt(output, 'confidence') ?? null,
		status: text('status'),
		reasoning: reasoningOf(output),
		...describeFailure(run),
		id: text('id'),
		dashboardUrl: text('dashboardUrl'),
		categoryType: stringAt(output, 'type') ?? null,
		...describeReview(run),
		classifierId: stringAt(classifier, 'id') ?? null,
		classifierName: stringAt(classifier, 'name') ?? null,
		classifierVersion: stringAt(objectAt(run, 'classifierVersion'), 'version') ?? null,
		fileId: stringAt(file, 'id') ?? null,
		fileType: stringAt(file, 'type') ?? null,
		pageCount: numberAt(objectAt(file, 'metadata'), 'pageCount') ?? null,
		metadata: objectAt(run, 'metadata') ?? null,
		credits: creditsOf(run) ?? null,
		parseRunId: text('parseRunId'),
		createdAt: text('createdAt'),
		updatedAt: text('updatedAt'),
	};
}

/** Extend's run as it came, but never with a key `error`: n8n would take the item for a failed one. */
export function rawRun(run: JsonObject): JsonObject {
	const { error, ...rest } = run;
	if (error === undefined) return run;
	return { ...rest, extendError: error };
}
