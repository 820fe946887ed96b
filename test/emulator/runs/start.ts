import type { Context } from '../context';
import type { StoredFile } from '../files/document';
import { keepFile } from '../files/keep';
import { notFound } from '../server/errors';
import { inputOf, settleContent } from './content';
import type { StoredRun } from './lifecycle';
import { outcomeFromMetadata } from './outcome';
import { cleanMetadata, type FileInput } from './requests';
import type { Target } from './target';
import { plannedMs } from './verdict';

export interface Origin {
	source: string;
	batchId: string | null;
	priority: number;
}

export interface RunInputs {
	file: FileInput;
	metadata?: Record<string, unknown>;
}

export interface NewRun {
	target: Target;
	input: RunInputs;
	origin: Origin;
}

/** Lower runs first. The older API version documents the 50; that batch runs rank behind it is documented too. */
export const DEFAULT_PRIORITY = 50;
export const DEFAULT_BATCH_PRIORITY = 75;
/** A timer can ring a moment before the clock shows its time; the run would not be due yet then. */
const TIMER_SLACK_MS = 2;

/** Checks an input before anything is started. @throws ApiProblem 404, ZodError */
export function checkInput({ file, metadata }: RunInputs, { store }: Context): void {
	if (file.id !== undefined && !store.files.has(file.id)) throw notFound('File');
	outcomeFromMetadata(metadata ?? null);
}

/** Creates a run, which goes on by the clock from here. */
export function startRun({ target, input, origin }: NewRun, context: Context): StoredRun {
	const { options, store, queue, timers } = context;
	const nowMs = options.nowMs();
	const metadata = cleanMetadata(input.metadata);
	const { url, name, settings } = input.file;
	const run: StoredRun = {
		...target,
		...origin,
		id: context.nextId('clr'),
		sourceId: origin.batchId,
		createdAtMs: nowMs,
		dueAtMs: nowMs,
		file: url === undefined ? takeFile(input.file, context) : null,
		fileUrl: url === undefined ? undefined : { url, name, settings },
		metadata,
		overrides: {},
	};
	settleContent(run, context);
	run.dueAtMs += Math.min(run.verdict?.runMs ?? earlyPlan(run, options), pendingMs(options));
	store.runs.set(run.id, run);
	queue.add(run);
	context.announcer.addRun(run);
	if (run.fileUrl) timers.after(run.dueAtMs - nowMs + TIMER_SLACK_MS, () => queue.settle(options.nowMs()));
	return run;
}

function pendingMs(options: Context['options']): number {
	return options.createStatus === 'PENDING' ? options.pendingMs : 0;
}

/** The time a run will take, as far as it is known before its file is there. */
function earlyPlan(run: StoredRun, options: Context['options']): number {
	return outcomeFromMetadata(run.metadata).runMs ?? plannedMs(inputOf(run), options);
}

/** The file of an input that is no URL. @throws ApiProblem 404 */
function takeFile({ id, text = '', name }: FileInput, context: Context): StoredFile {
	if (id === undefined) {
		const fileName = name ?? `${context.nextId('text')}.txt`;
		return keepFile({ name: fileName, bytes: Buffer.from(text), type: 'TXT', pages: [text] }, context);
	}
	const file = context.store.files.get(id);
	if (file === undefined) throw notFound('File');
	return file;
}
