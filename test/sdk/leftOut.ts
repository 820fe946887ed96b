const CHANGES = 'about changes of classifiers, not about results';

/** What Extend has and this package does not use, by topic, and why. */
export const LEFT_OUT: Record<string, Record<string, string>> = {
	'fields of a refusal': { docUrl: 'the advice says what to do' },
	'fields of a run': {
		object: 'the same for every run',
		config: 'large; comes with Simplify off',
	},
	'fields of a run in a list': { object: 'the same for every run' },
	'fields of an insight': { type: 'there is one type only' },
	'fields of a file': {
		object: 'the same for every file',
		parentFileId: 'for files cut out of others by workflows in Extend',
		createdAt: 'of no use to a workflow',
		updatedAt: 'of no use to a workflow',
	},
	'fields of the metadata of a file': { parentSplit: 'for files cut out of others by workflows in Extend' },
	'fields of the usage': { breakdown: 'comes with Simplify off' },
	'fields of a classifier': {
		object: 'the same for every classifier',
		createdAt: 'of no use to a workflow',
		updatedAt: 'of no use to a workflow',
	},
	'fields of a version': {
		object: 'the same for every version',
		id: 'the name of the version says more',
		description: 'of no use to a workflow',
		classifierId: 'is the ID of the classifier',
		createdAt: 'of no use to a workflow',
		createdBy: 'of no use to a workflow',
	},
	'events of endpoints': {
		'classifier.created': CHANGES,
		'classifier.updated': CHANGES,
		'classifier.deleted': CHANGES,
		'classifier.draft.updated': CHANGES,
		'classifier.version.published': CHANGES,
	},
	'filters of the list of runs': { sourceId: 'for runs started by workflows in Extend' },
};
