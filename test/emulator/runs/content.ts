import type { Context } from '../context';
import { downloadFile } from '../files/download';
import type { StoredRun } from './lifecycle';
import type { RunInput } from './outcome';
import { pagesInRanges } from './pages';
import { decide } from './verdict';

const NOT_DOWNLOADED = 'The file could not be downloaded from the given URL.';

/** Reads the file of a run that starts; one given by URL is fetched first. */
export async function readForRun(run: StoredRun, context: Context): Promise<void> {
	if (run.fileUrl === undefined) {
		markRead(run, run.startsAtMs ?? context.options.nowMs());
		return;
	}
	try {
		run.file = (await downloadFile(run.fileUrl, context)) ?? null;
		markRead(run, context.options.nowMs());
		settleContent(run, context, run.file ? undefined : NOT_DOWNLOADED);
	} catch (error) {
		// Nobody awaits this; only an `outcome` or `runMs` function of a test gets here.
		const final = { failureReason: 'INTERNAL_ERROR', failureMessage: String(error) };
		run.verdict = { status: 'FAILED', runMs: 0, final };
		run.readyAtMs = context.options.nowMs();
	}
}

function markRead({ file }: StoredRun, atMs: number): void {
	if (file === null || file.wasRead || file.obstacle !== undefined) return;
	file.wasRead = true;
	file.updatedAtMs = Math.max(file.updatedAtMs, atMs);
}

/** Decides the run, once its content is known; does nothing before. */
export function settleContent(run: StoredRun, context: Context, missing?: string): void {
	if (run.file === null && missing === undefined) return;
	const subject = { input: inputOf(run), config: run.config, obstacle: missing ?? run.file?.obstacle };
	run.verdict = decide(subject, context.options);
	run.readyAtMs = context.options.nowMs();
	if (run.file === null || run.file.obstacle !== undefined) return;
	const isCharged = run.file.parseRunId === undefined;
	run.file.parseRunId ??= context.nextId('pr');
	run.parse = { id: run.file.parseRunId, isCharged };
}

/** What is known of the run's input by now. */
export function inputOf(run: StoredRun): RunInput {
	const pages = run.file?.pages ?? [];
	const wanted = pagesInRanges(pages.length, run.config.advancedOptions?.pageRanges);
	return {
		text: wanted.map((index) => pages[index]).join('\n'),
		fileName: run.file?.name ?? run.fileUrl?.name ?? null,
		metadata: run.metadata,
		fileUrl: run.fileUrl?.url,
	};
}
