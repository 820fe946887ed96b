import fc from 'fast-check';
import { readAskedPauseMs } from '../../../../nodes/Extend/api/backoff';
import { readApiError } from '../../../../nodes/Extend/api/errors';
import type { JsonValue } from '../../../../nodes/Extend/api/json';
import { isObject, parseJson } from '../../../../nodes/Extend/api/json';
import { readConfirmation, readIdentified, readPage, readRun, readUploaded } from '../../../../nodes/Extend/api/requests';
import type { Run } from '../../../../nodes/Extend/api/types';
import { routeRun, type RouteBy } from '../../../../nodes/Extend/routing/route';
import { describeBatch } from '../../../../nodes/Extend/runs/batch';
import { failedRunError, timeoutError } from '../../../../nodes/Extend/runs/outcome';
import { rawRun, simplifyRun } from '../../../../nodes/Extend/runs/output';
import { summarize } from '../../../../nodes/Extend/runs/summary';
import { compareRuns } from '../../../../nodes/Extend/starting/position';
import { CANARY, hostileJson, hostileText } from './hostile';
import { parser } from './parser';

const NOW_MS = Date.UTC(2026, 9, 5);
const ERROR_KEYS = ['error', 'code', 'message', 'retryable', 'requestId', 'success'];
export const RUN_KEYS = [
	'id', 'object', 'status', 'output', 'type', 'confidence', 'insights', 'content', 'failureReason', 'failureMessage', 'metadata', 'n8n:start', 'n8n:position', 'classifier',
	'classifierVersion', 'version', 'file', 'name', 'pageCount', 'usage', 'credits', 'totalCredits', 'reviewed', 'edited', 'initialOutput', 'reviewedOutput', 'dashboardUrl', 'createdAt',
	'updatedAt', 'parseRunId', 'runCount', 'data', 'nextPageToken', 'error',
];
export const RUN_VALUES = ['PENDING', 'PROCESSED', 'FAILED', 'CANCELLED', 'FAILED_TO_PROCESS_FILE', 'OUT_OF_CREDITS', 'other', 'invoice', '1.0', '12.0', '2026-10-05T09:00:00Z'];
const ROUTES: RouteBy[] = ['none', 'status', 'failureReason', 'confidence', 'category'];
const FIELD_COUNT = Object.keys(simplifyRun({})).length;

const headers = fc.dictionary(fc.constantFrom('x-extend-request-id', 'retry-after', 'content-type', CANARY), hostileText(), { maxKeys: 3 });

/** All that is made of a run. */
function useRun(run: Run): unknown[] {
	const { json } = run;
	const routes = ROUTES.map((by) => routeRun(run, { by, categories: new Set(['invoice', CANARY]) }, 0.8));
	const { message, advice, facts } = failedRunError(run);
	return [simplifyRun(json), rawRun(json), describeBatch(json), routes, message, advice, facts, timeoutError(run, 5).facts, summarize([{ kind: 'run', run, needsReview: false }], 'run'), compareRuns(json, json)];
}

/** All that is made of the body of a good answer. */
function useBody(body: JsonValue | undefined): unknown[] {
	const run = readRun(body);
	const json = isObject(body) ? body : {};
	const used = run === undefined ? [simplifyRun(json), rawRun(json)] : useRun(run);
	return [readPage(body), readIdentified(body), readUploaded(body), readConfirmation(body), ...used];
}

export const ANSWER_PARSERS = [
	parser({
		name: 'answers outside 2xx',
		share: 100,
		given: fc.tuple(fc.integer({ min: 300, max: 599 }), hostileJson(ERROR_KEYS, ['NOT_FOUND', 'INTERNAL_ERROR', 'too fast']), headers),
		parse: ([status, text, given]) => readApiError({ kind: 'answer', status, headers: given, text }),
		breaks: ({ message, facts }) => (message.length > 2_500 || facts.code.length > 300 ? 'gave a text that fills the screen' : undefined),
	}),
	parser({
		name: 'bodies of good answers',
		share: 120,
		given: hostileJson(RUN_KEYS, RUN_VALUES),
		parse: (text) => useBody(parseJson(text)),
	}),
	parser({
		name: 'fields of an item',
		share: 40,
		given: hostileJson(RUN_KEYS, RUN_VALUES).map(parseJson).filter(isObject),
		parse: simplifyRun,
		breaks: (item) => {
			const isWhole = Object.keys(item).length === FIELD_COUNT && !Object.values(item).includes(undefined as never);
			return isWhole ? undefined : 'gave an item without all of its fields';
		},
	}),
	parser({
		name: 'headers that ask to wait',
		share: 80,
		given: fc.record({
			'retry-after': hostileText('5', '0.5', '-', 'Mon, ', 'Monday', ' 05 Oct 2026 ', '09:00:00', ':00', ' GMT', ' +0200', 'e', '1e9'),
			'x-ratelimit-reset': hostileText('1790000000', '.', 'e9', '-', ' '),
		}, { requiredKeys: [] }),
		parse: (given) => readAskedPauseMs(given as Record<string, string>, NOW_MS),
		breaks: (ms) => (ms === undefined || (ms >= 0 && ms <= 365 * 86_400_000) ? undefined : `would pause for ${ms} ms`),
	}),
];
