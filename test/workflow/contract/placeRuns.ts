import type { IDataObject } from 'n8n-workflow';
import { byText, INVOICE, type Stage } from '../setup';

/** Puts runs into the stand-in that answer with these fields, whatever they are. Returns their IDs. */
export async function placeRuns(stage: Stage, runs: IDataObject[]): Promise<string[]> {
	const { json } = await stage.run({ parameters: { ...byText, operation: 'start', text: INVOICE } });
	const stored = stage.extend.store.runs;
	const first = stored.get(String(json[0]?.id));
	if (first === undefined) throw new Error('The run is not there');
	return runs.map((run, index) => {
		const id = `clr_case_${stored.size}_${index}`;
		stored.set(id, { ...first, id, overrides: { id, output: null, failureReason: null, reviewed: false, ...run } });
		return id;
	});
}

/** The fields of a processed run of a category. */
export function processedRun(category: string, confidence: unknown = 0.9): IDataObject {
	return { status: 'PROCESSED', output: { id: category, type: category, confidence, insights: [] } as IDataObject };
}
