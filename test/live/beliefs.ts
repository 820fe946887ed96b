import type { Facts } from './question';

const REFUSED = 'refused with 400 INVALID_REQUEST';

/** What the stand-in answers, by the name of the question: it was written by these. Where Extend differs, it has to learn. */
export const BELIEFS: Record<string, Facts> = {
	badRequests: {
		'a start that is no JSON': REFUSED,
		'a start without a document': REFUSED,
		'a start without categories': REFUSED,
		'a start with a classifier and categories': REFUSED,
		'a start with a field nobody knows': REFUSED,
		'a start with a priority that is a text': REFUSED,
		'a start with a classifier that does not exist': 'refused with 404 NOT_FOUND',
		'a start with a file that does not exist': 'refused with 404 NOT_FOUND',
		'a list with a filter nobody knows': REFUSED,
		'a list in an order nobody knows': REFUSED,
		'a list without the version of the API': REFUSED,
		'a list with a version that does not exist': REFUSED,
		'a list with a key that does not exist': 'refused with 401 UNAUTHORIZED',
	},
	shape: {
		status: '404',
		'wrapped in': 'nothing',
		fields: 'code, docUrl, message, requestId, retryable',
		'header x-extend-request-id': 'sent',
	},
	otherWorkspace: { 'a workspace that is not ours': 'refused with 403 FORBIDDEN' },
	workspaceHeader: {
		'a read without the workspace ID': REFUSED,
		'a start without the workspace ID': REFUSED,
		'a batch without the workspace ID': REFUSED,
	},
	otherDeployments: { 'the key elsewhere': 'refused with 401 UNAUTHORIZED' },
	firstStatus: {
		status: 'PENDING',
		'null fields':
			'classifier, classifierVersion, failureMessage, failureReason, initialOutput, output, parseRunId, reviewedOutput, usage',
	},
	unreviewed: { initialOutput: 'null', reviewedOutput: 'null', reviewed: 'false' },
	otherCategory: { 'categories without one of type other': REFUSED },
	base64: { 'a document as base64': REFUSED },
	deadLink: {
		'a start with a link to nowhere': 'taken',
		'the run in the end': 'FAILED FAILED_TO_PROCESS_FILE',
		'its file': 'null',
	},
	cancelling: {
		'cancelling a run that is PENDING': REFUSED,
		'cancelling a run that is PROCESSING': 'answered with a run that is CANCELLED',
		'statuses on the way': 'PENDING, PROCESSING',
		'status in the end': 'CANCELLED',
		'cancelling a run that has ended': REFUSED,
	},
	pageRanges: { '2 to 2 is': 'the second page', 'pages charged for 2 to 2': '1', 'pages charged for 1 to 2': '2' },
	lockedPdf: { 'an upload with its password': 'taken', 'a run on it': 'PROCESSED' },
	failedRun: {
		'status right after the start': 'PENDING',
		'status in the end': 'PROCESSED',
		'statuses of its runs': 'FAILED, PROCESSED',
	},
	pageSize: {
		'without a size': '10',
		'a size of 0': REFUSED,
		'a size of 1': 'taken',
		'a size of 100': 'taken',
		'a size of 1000': 'taken',
		'a size of 1001': REFUSED,
	},
	priority: {
		'a priority of -1': REFUSED,
		'a priority of 0': 'taken',
		'a priority of 1': 'taken',
		'a priority of 50.5': REFUSED,
		'a priority of 100': 'taken',
		'a priority of 101': REFUSED,
	},
	uploadSize: { 'the largest file tried': 'taken', 'a PDF of 500 pages': 'taken', 'its page count': '500' },
	refusal: {
		code: 'RATE_LIMIT_EXCEEDED',
		'fields of the body': 'code, message, retryable',
		'Retry-After': 'seconds',
		'X-RateLimit-Reset': 'not sent',
	},
	uploadBucket: {
		'an upload while changes are refused': 'refused too',
		'an upload while starts are refused': 'taken',
	},
	throughput: { 'documents beyond the throughput': 'wait', 'runs end as': 'PROCESSED' },
	baseProcessors: {
		'a start with classification_light': 'taken',
		'a run with classification_light': 'PROCESSED',
		'credits of classification_light for a page': '0.3',
		'reasoning of classification_light': 'some',
		'a start with classification_standard': 'taken',
		'a run with classification_standard': 'PROCESSED',
		'credits of classification_standard for a page': '1',
		'reasoning of classification_standard': 'some',
		'a start with classification_instant': 'taken',
		'a run with classification_instant': 'PROCESSED',
		'credits of classification_instant for a page': '1',
		'reasoning of classification_instant': 'some',
	},
};
