import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { everyFault, type EmulatorOptions, type FaultKind, type RequestRecord, type StoredRun } from '../emulator';
import { fileOf } from '../workflow/engine';
import { openStage } from '../workflow/setup';

export interface SoakPlan {
	documents: number;
	parameters: IDataObject;
	settings: Partial<INode>;
	options: Partial<EmulatorOptions>;
	/** Share of the documents that may fail, 0 to 1: those whose start had no known outcome three times in a row. */
	mayFail: number;
}

/** What came of a node run in which a fifth of all requests met a fault. */
export interface Soak {
	seed: number;
	seconds: number;
	/** Items that succeeded, and those that did not, each in the order in which they came out. */
	succeeded: INodeExecutionData[];
	failed: INodeExecutionData[];
	/** Everything there is at the stand-in. */
	runs: StoredRun[];
	fileCount: number;
	requests: RequestRecord[];
	faults: FaultKind[];
	hints: string[];
}

const SHARE_OF_FAULTS = 0.2;

export const nameOf = (document: number): string => `document-${document}.txt`;

/** Classifies documents while faults come by the seed. */
export async function soak(seed: number, { documents, parameters, settings, options }: SoakPlan): Promise<Soak> {
	const stage = await openStage({ pendingMs: 200, runMs: 1_500, ...options, seed, faultRules: everyFault(SHARE_OF_FAULTS) });
	const items = await Promise.all(Array.from({ length: documents }, async (_, document) => await itemOf(document)));
	const begunMs = Date.now();
	const { outputs, error, hints } = await stage.run({ parameters, items, settings });
	const seconds = (Date.now() - begunMs) / 1_000;
	const { requests, store } = stage.extend;
	await stage.extend.close();
	if (error !== undefined) throw new Error(`Seed ${seed}: ${error.message}`);
	const all = outputs.flat();
	const hasFailed = ({ json }: INodeExecutionData) => json.error !== undefined;
	return {
		seed,
		seconds,
		succeeded: all.filter((item) => !hasFailed(item)),
		failed: all.filter(hasFailed),
		runs: [...store.runs.values()],
		fileCount: store.files.size,
		requests,
		faults: requests.flatMap(({ fault }) => fault ?? []),
		hints,
	};
}

async function itemOf(document: number): Promise<INodeExecutionData> {
	const text = `INVOICE number ${document}. Amount due to the supplier, payment within 14 days.`;
	return { json: { document }, binary: { data: await fileOf(text, nameOf(document), 'text/plain') } };
}

/** The document that an item is paired with. */
export function documentOf({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : Number.NaN;
}

/** One line of figures. */
export function describeSoak({ seed, seconds, succeeded, failed, runs, fileCount, requests, faults }: Soak): string {
	const share = ((100 * faults.length) / requests.length).toFixed(1);
	const count = (kind: string) => faults.filter((fault) => fault.startsWith(kind)).length;
	const reasons = new Set(failed.map(({ json }) => String(json.error).replace(/ \[item \d+\]$/, '')));
	return [
		`seed ${seed}: ${seconds.toFixed(0)} s`,
		`${requests.length} requests, ${share} % of them faulty (${count('hang')} hung, ${count('tooMany')} with 429)`,
		`${runs.length} runs, ${fileCount} files, ${succeeded.length} items classified, ${failed.length} failed`,
		...reasons,
	].join('; ');
}
