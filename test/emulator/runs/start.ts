import type { Extend } from 'extend-ai';
import { checkCategories, normalizeConfig, overrideConfig } from '../classifiers/config';
import { findClassifier, findVersion } from '../classifiers/find';
import type { Context } from '../context';
import { downloadFile } from '../files/download';
import type { StoredFile } from '../files/document';
import { keepFile } from '../files/keep';
import { notFound } from '../server/errors';
import type { StoredClassifier, StoredVersion } from '../store';
import type { StoredRun } from './lifecycle';
import { outcomeFromMetadata, type RunInput } from './outcome';
import { pagesInRanges } from './pages';
import { cleanMetadata, type ClassifierInput, type FileInput, type RunRequest } from './requests';
import { decide, plannedMs } from './verdict';

/** What is to be run: a version of a saved classifier, or an inline configuration. */
export interface Target {
	classifier: StoredClassifier | null;
	version: StoredVersion | null;
	config: Extend.ClassifyConfig;
}

export interface Origin {
	source: string;
	batchId: string | null;
	priority: number;
}

export interface RunInputs {
	file: FileInput;
	metadata?: Record<string, unknown>;
}

/** Lower runs first. The older API version documents the 50; that batch runs rank behind it is documented too. */
export const DEFAULT_PRIORITY = 50;
export const DEFAULT_BATCH_PRIORITY = 75;
const NOT_DOWNLOADED = 'The file could not be downloaded from the given URL.';

/** Target of a saved classifier. @throws ApiProblem 400, 404 */
export function findTarget(input: ClassifierInput, { store, options }: Context): Target {
	const classifier = findClassifier(store, input.id);
	const version = findVersion(classifier, input.version);
	const override = input.overrideConfig;
	if (override?.classifications) {
		checkCategories(override.classifications, 'classifier.overrideConfig', options.requireOther);
	}
	return { classifier, version, config: overrideConfig(version.config, override) };
}

/** Target of a request for a single run. @throws ApiProblem 400, 404 */
export function targetOf({ classifier, config }: RunRequest, context: Context): Target {
	if (classifier) return findTarget(classifier, context);
	// The request's schema lets no request pass that has neither of the two.
	const inline = config ?? { classifications: [] };
	checkCategories(inline.classifications, 'config', context.options.requireOther);
	return { classifier: null, version: null, config: normalizeConfig(inline) };
}

/** Checks an input before anything is started. @throws ApiProblem 404, ZodError */
export function checkInput({ file, metadata }: RunInputs, { store }: Context): void {
	if (file.id !== undefined && !store.files.has(file.id)) throw notFound('File');
	outcomeFromMetadata(metadata ?? null);
}

/** Creates a run, which goes on by the clock from here. */
export function startRun(target: Target, input: RunInputs, origin: Origin, context: Context): StoredRun {
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
	if (run.fileUrl) timers.after(run.dueAtMs - nowMs, () => queue.settle(options.nowMs()));
	return run;
}

/** Fetches a file given by URL; called when the run starts. */
export async function fetchForRun(run: StoredRun, context: Context): Promise<void> {
	if (run.fileUrl === undefined) return;
	try {
		run.file = (await downloadFile(run.fileUrl, context)) ?? null;
		settleContent(run, context, run.file ? undefined : NOT_DOWNLOADED);
	} catch (error) {
		// Nobody awaits this; only an `outcome` or `runMs` function of a test gets here.
		const final = { failureReason: 'INTERNAL_ERROR', failureMessage: String(error) };
		run.verdict = { status: 'FAILED', runMs: 0, final };
		run.readyAtMs = context.options.nowMs();
	}
}

function pendingMs(options: Context['options']): number {
	return options.createStatus === 'PENDING' ? options.pendingMs : 0;
}

/** The time a run will take, as far as it is known before its file is there. */
function earlyPlan(run: StoredRun, options: Context['options']): number {
	return outcomeFromMetadata(run.metadata).runMs ?? plannedMs(inputOf(run), options);
}

/** Decides the run, once its content is known. */
function settleContent(run: StoredRun, context: Context, missing?: string): void {
	if (run.file === null && missing === undefined) return;
	const subject = { input: inputOf(run), config: run.config, obstacle: missing ?? run.file?.obstacle };
	run.verdict = decide(subject, context.options);
	run.readyAtMs = context.options.nowMs();
	if (run.file === null || run.file.obstacle !== undefined) return;
	const isCharged = run.file.parseRunId === undefined;
	run.file.parseRunId ??= context.nextId('pr');
	run.parse = { id: run.file.parseRunId, isCharged };
}

function inputOf(run: StoredRun): RunInput {
	const pages = run.file?.pages ?? [];
	const wanted = pagesInRanges(pages.length, run.config.advancedOptions?.pageRanges);
	return {
		text: wanted.map((index) => pages[index]).join('\n'),
		fileName: run.file?.name ?? run.fileUrl?.name ?? null,
		metadata: run.metadata,
		fileUrl: run.fileUrl?.url,
	};
}

/** The file of an input that is no URL. @throws ApiProblem 404 */
function takeFile({ id, text = '', name }: FileInput, context: Context): StoredFile {
	if (id === undefined) {
		const fileName = name ?? `${context.nextId('text')}.txt`;
		return keepFile(context, fileName, Buffer.from(text), { type: 'TXT', pages: [text] });
	}
	const file = context.store.files.get(id);
	if (file === undefined) throw notFound('File');
	return file;
}
