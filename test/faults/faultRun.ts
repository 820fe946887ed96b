import type { IDataObject } from 'n8n-workflow';
import { type FaultKind, type RequestRecord } from '../emulator';
import type { NodeRunResult } from '../workflow/engine';
import { openStage, type Stage } from '../workflow/setup';
import { TARGETS, type Target } from './targets';

/** What came of a node run whose request has met faults. */
export interface Ended extends NodeRunResult {
	/** Requests of the kind in question since the fault was switched on. */
	hits: RequestRecord[];
	/** Looks at the list of runs since then. */
	lists: RequestRecord[];
	stage: Stage;
	seconds: number;
}

/** Runs an operation while `begin` has set the stand-in to meet its request with faults. */
export async function runWith({ method, path, prepare }: Target, begin: (stage: Stage) => void, more: IDataObject = {}): Promise<Ended> {
	const stage = await openStage();
	const { parameters, items } = await prepare(stage);
	const before = stage.extend.requests.length;
	begin(stage);
	const begunMs = Date.now();
	const result = await stage.run({ parameters: { ...parameters, ...more }, items, settings: { onError: 'continueRegularOutput' } });
	const seconds = (Date.now() - begunMs) / 1_000;
	await stage.extend.close();
	const requests = stage.extend.requests.slice(before);
	const hits = requests.filter((request) => request.method === method && path.test(request.path));
	const lists = requests.filter((request) => request.method === 'GET' && request.path === '/classify_runs');
	return { ...result, hits, lists, stage, seconds };
}

/** Lets the request of a target meet faults of a kind, so many times; over and over when left out. */
export function meet({ method, path }: Target, kind: FaultKind, times?: number): (stage: Stage) => void {
	return ({ extend }) => {
		extend.options.faultRules = [{ method, path, kinds: [kind], times }];
	};
}

export const SINGLE = TARGETS.filter(({ kind }) => kind !== 'batch');
export const BATCHES = TARGETS.filter(({ kind }) => kind === 'batch');
/** Every target with every entry, for tests with a table. */
export const rowsOf = <Entry>(entries: readonly Entry[], targets = SINGLE) =>
	targets.flatMap((target) => entries.map((entry): [string, string, Target, Entry] => [target.name, String(entry), target, entry]));

/** Answers after which nothing has to be done again. */
export const HARMLESS: FaultKind[] = ['delay', 'contentType'];
export const REFUSALS: FaultKind[] = ['tooMany', 'tooManySeconds', 'tooManyDate'];
/** The request was carried out although its answer says nothing or something else. */
export const ACTED: FaultKind[] = ['resetAfter', 'truncate', 'html504'];
/** Kinds that never stop, with what of the last one has to be quoted. */
export const ENDLESS: Partial<Record<FaultKind, RegExp>> = {
	refuse: /connection (was refused|broke off)/,
	resetBefore: /connection broke off/,
	tooManySeconds: /Too many requests/,
	html503: /gateway answered instead of Extend: 503/,
	truncate: /could not be read/,
};
