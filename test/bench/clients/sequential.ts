/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits between its looks */
import { CLASSIFIER_ID, type ClientJob } from '../protocol';
import { textOf } from '../workload';
import type { Work } from './types';

export const LOOK_EVERY_MS = 2_000;
const OPEN = new Set(['PENDING', 'PROCESSING', 'CANCELLING']);

interface Run {
	id: string;
	status: string;
}

/** One document after the other, each looked at every two seconds, as most nodes of this kind do it. */
export function prepareSequential({ url, apiKey, documents }: ClientJob): Work {
	const headers = { authorization: `Bearer ${apiKey}`, 'x-extend-api-version': '2026-02-09', 'content-type': 'application/json' };
	const call = async (path: string, init: RequestInit): Promise<Run> => {
		const answer = await fetch(`${url}${path}`, { ...init, headers });
		if (!answer.ok) throw new Error(`Status ${answer.status}`);
		// Of a run only these two fields are used.
		return (await answer.json()) as Run;
	};
	return async () => {
		const outcomes: Run[] = [];
		for (let document = 0; document < documents; document++) {
			const body = JSON.stringify({ classifier: { id: CLASSIFIER_ID }, file: { text: textOf(document) } });
			let run = await call('/classify_runs', { method: 'POST', body });
			while (OPEN.has(run.status)) {
				await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
				run = await call(`/classify_runs/${run.id}`, {});
			}
			outcomes.push(run);
		}
		return { outcomes, messages: [] };
	};
}
