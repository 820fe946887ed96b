import { RunFinder } from '../../../nodes/Extend/starting/finder';
import type { StartPlan } from '../../../nodes/Extend/starting/plan';
import { RunStarter } from '../../../nodes/Extend/starting/starter';
import type { StartFate } from './fakeExtend';
import { FakeExtend } from './fakeExtend';
import { VirtualClock } from './virtualClock';

async function* open(): AsyncGenerator<Uint8Array> {
	yield await Promise.resolve(new Uint8Array());
}
/** A document that has to be uploaded. */
export const upload: StartPlan['source'] = {
	kind: 'upload',
	upload: { fileName: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 1, open, fields: {} },
};
export const TOKEN = 'key:a';

/** One document and all that its run is started with. */
export function planOf(more: Partial<StartPlan> = {}): StartPlan {
	return {
		target: { classifier: { id: 'cl_1' } },
		source: { kind: 'input', file: { url: 'https://a.example/a.pdf' } },
		metadata: { mail: 1, 'n8n:start': more.token ?? TOKEN },
		token: TOKEN,
		looksFirst: false,
		...more,
	};
}

export interface SetUp {
	clock: VirtualClock;
	extend: FakeExtend;
	starter: RunStarter;
	uploadedFileIds: Record<string, string>;
	startedRunIds: Record<string, string>;
}

/** A starter before an Extend that treats its first starts as `fates` says. */
export function setUp(fates: StartFate[] = [], lagMs = 0, uploadedFileIds: Record<string, string> = {}): SetUp {
	const clock = new VirtualClock();
	const extend = new FakeExtend(clock, lagMs);
	extend.fates = fates;
	const { startRun, getRun, uploadFile, listRuns } = extend;
	const finder = new RunFinder({ listRuns, clock });
	const startedRunIds: Record<string, string> = {};
	const starter = new RunStarter({ startRun, getRun, uploadFile, finder, uploadedFileIds, startedRunIds, clock });
	return { clock, extend, uploadedFileIds, startedRunIds, starter };
}

/** A run that an earlier try has left behind. */
export const earlierRun = (status: string, id = 'clr_old') => ({ id, status, classifier: { id: 'cl_1' }, metadata: { 'n8n:start': TOKEN } });
