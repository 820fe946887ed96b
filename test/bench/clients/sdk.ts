import { ExtendClient } from 'extend-ai';
import { CLASSIFIER_ID, type ClientJob } from '../protocol';
import { textOf } from '../workload';
import type { Work } from './types';

/** Extend's own SDK: createAndPoll for all documents at once, with its default settings. */
export function prepareSdk({ url, apiKey, documents }: ClientJob): Work {
	const client = new ExtendClient({ token: apiKey, baseUrl: url });
	return async () => {
		const messages: string[] = [];
		const outcomes = await Promise.all(
			Array.from({ length: documents }, async (_, document) => {
				try {
					return await client.classifyRuns.createAndPoll({ classifier: { id: CLASSIFIER_ID }, file: { text: textOf(document) } });
				} catch (caught) {
					messages.push(caught instanceof Error ? caught.message : String(caught));
					return {};
				}
			}),
		);
		return { outcomes, messages };
	};
}
