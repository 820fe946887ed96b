import { join } from 'node:path';
import { ExplainedError } from './explained.mjs';
import { readJson } from './jsonFile.mjs';
import { documentsDir } from './paths.mjs';

/** The workflow waits for Extend; with its queue a dozen documents can take some minutes. */
const RUN_LIMIT_MS = 15 * 60_000;

/** @typedef {{ document: string, category: string, confidence: string, status: string, seconds: string, note: string, advice: string }} ResultRow */

/**
 * Runs the workflow once and returns a row per document, in the order of their names.
 * @param {import('./n8nRest.mjs').N8nClient} n8n
 * @param {import('./exampleWorkflow.mjs').RunnableWorkflow} workflow
 * @returns {Promise<ResultRow[]>}
 * @throws {ExplainedError} when it ends without results or not in time
 */
export async function classifySamples(n8n, workflow) {
	const executionId = await n8n.runWorkflow(workflow.id, workflow.trigger);
	const execution = await n8n.waitForExecution(executionId, RUN_LIMIT_MS);
	if (!execution) throw new ExplainedError(`The workflow was not done after ${RUN_LIMIT_MS / 60_000} minutes.`);
	const items = execution.itemsOf(workflow.classify);
	if (items.length === 0) throw new ExplainedError(describeEnd(execution));
	const files = execution.itemsOf(workflow.read).map((item) => String(item.json.fileName));
	return items.map((item) => rowOf(item, files)).sort((left, right) => left.document.localeCompare(right.document));
}

/**
 * The documents whose category is not the one in expected.json, or that are missing, each as a sentence.
 * @param {ResultRow[]} rows
 */
export function findDeviations(rows) {
	const expected = Object.entries(readJson(join(documentsDir, 'expected.json')) ?? {});
	if (expected.length === 0) return ['expected.json names no document.'];
	return expected.flatMap(([document, category]) => {
		const got = rows.find((row) => row.document === document)?.category;
		return got === category ? [] : [`${document}: expected ${category}, got ${got || 'nothing'}.`];
	});
}

/**
 * @param {import('./n8nRest.mjs').Item} item
 * @param {string[]} files the names of the files that went in
 * @returns {ResultRow}
 */
function rowOf({ json, pairedItem }, files) {
	const source = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
	const document = files[typeof source === 'object' ? source.item : source] ?? json.fileName ?? '?';
	if (json.error !== undefined) {
		return { document, category: '', confidence: '', status: 'not run', seconds: '', note: `${json.error}`, advice: json.message ?? '' };
	}
	return {
		document,
		category: json.category ?? '',
		confidence: typeof json.confidence === 'number' ? json.confidence.toFixed(2) : '',
		status: json.status,
		seconds: secondsBetween(json.createdAt, json.updatedAt),
		note: json.failureMessage ?? '',
		advice: json.failureAdvice ?? '',
	};
}

/**
 * @param {string | null} start
 * @param {string | null} end
 */
function secondsBetween(start, end) {
	const durationMs = Date.parse(end ?? '') - Date.parse(start ?? '');
	return Number.isNaN(durationMs) ? '' : (durationMs / 1_000).toFixed(1);
}

/** @param {import('./n8nRest.mjs').Execution} execution */
function describeEnd({ status, error }) {
	const reason = [error?.message, error?.description].filter(Boolean).join(' ');
	return `The workflow ended with status "${status}" and without results. ${reason}`.trim();
}
