import type { JsonObject } from '../../../nodes/Extend/api/json';
import { classifier, classifierVersion } from './runExamples';

/** An entry of a list of runs as Extend describes it. */
export const LIST_ITEM: JsonObject = {
	object: 'classify_run',
	id: 'clr_N3kd82LmQpXz7VbTyR4sC',
	classifier,
	classifierVersion,
	status: 'PROCESSED',
	failureReason: null,
	failureMessage: null,
	metadata: { mailItem: 'AP-20417' },
	reviewed: false,
	edited: false,
	file: {
		object: 'file',
		id: 'file_Z8xPq1WvUtS6rNmLkJ4hG',
		name: 'INV-2026-00417.pdf',
		type: 'PDF',
		parentFileId: null,
		metadata: { pageCount: 3 },
		createdAt: '2026-10-05T09:12:38Z',
		updatedAt: '2026-10-05T09:12:52Z',
	},
	parseRunId: 'pr_B7nMcX2zLkJ9hGfDsA5qW',
	dashboardUrl: 'https://dashboard.extend.ai/runs/clr_N3kd82LmQpXz7VbTyR4sC',
	usage: { credits: 3, totalCredits: 9 },
	createdAt: '2026-10-05T09:12:41Z',
	updatedAt: '2026-10-05T09:12:55Z',
};
