import { numberAt } from '../../api/json';
import type { BatchRun } from '../../api/types';
import type { NodeExecution } from '../../n8n/nodeExecution';
import type { Doubled } from '../../starting/doubles';
import { MAX_RUNS_LOOKED_THROUGH } from '../../starting/finder';
import { describeCounts, nameSome } from '../../runs/summary';
import type { SkippedFile } from './planDocuments';

/** Categories that are named before the rest is only counted. */
const MAX_CATEGORIES = 10;

function plural(count: number, word: string): string {
	return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

/** Names the files that the options left out, since nobody sees them in the output. */
export function hintSkipped({ hint }: NodeExecution, skipped: SkippedFile[]): void {
	if (skipped.length === 0) return;
	const named = skipped.map(({ description, itemIndex }) => `${description} [item ${itemIndex}]`);
	hint(`${plural(skipped.length, 'file')} left out by the file options: ${nameSome(named)}`);
}

/** Items without a document are in no batch, and an operation that puts out batches has no item for them. */
export function hintWithoutDocument({ hint }: NodeExecution, itemIndexes: number[]): void {
	if (itemIndexes.length === 0) return;
	hint(`${plural(itemIndexes.length, 'item')} without a document, in no batch: ${nameSome(itemIndexes.map((itemIndex) => `item ${itemIndex}`))}`);
}

export function hintAdopted({ hint }: NodeExecution, count: number): void {
	if (count === 0) return;
	hint(`${plural(count, 'run')} of an earlier try found at Extend and used; nothing was paid twice`);
}

/** Names runs that are paid for twice, since nobody sees the others in the output. */
export function hintDoubled({ hint }: NodeExecution, doubled: Doubled[]): void {
	if (doubled.length === 0) return;
	const named = doubled.map(({ runId, otherIds }) => `${runId} (also ${otherIds.join(', ')})`);
	hint(
		`${plural(doubled.length, 'document')} with more than one run at Extend, each of them paid: ${nameSome(named)}. Another execution used the same Idempotency Key at the same moment, or Extend acted late on a start that got no answer.`,
	);
}

/** @param listed how many runs of the batch there are still */
export function hintUnlisted({ hint }: NodeExecution, { id, json }: BatchRun, listed: number): void {
	const all = numberAt(json, 'runCount');
	hint(`Extend lists ${listed} ${all === undefined ? 'runs' : `of the ${all} runs`} of batch ${id}; the others were deleted there, or the workspace keeps none`);
}

export function hintDraft({ hint }: NodeExecution, classifierNames: string[]): void {
	if (classifierNames.length === 0) return;
	hint(
		`${classifierNames.join(', ')}: the draft was run, because no version is published yet. Publish one in the Extend dashboard so that its categories stay as they are.`,
	);
}

export function hintCutShort({ hint }: NodeExecution): void {
	hint(
		`Only the newest ${MAX_RUNS_LOOKED_THROUGH.toLocaleString('en')} runs were looked through for earlier tries; a document whose run is older than those was started again and is paid again`,
	);
}

/** @param categories of all items that left by Other, as often as they came */
export function hintUnrouted({ hint }: NodeExecution, categories: string[]): void {
	if (categories.length === 0) return;
	hint(`Sent to Other, because they have no output: ${describeCounts(categories, MAX_CATEGORIES)}. To give one its own output, add it under Route These Categories.`);
}

/** The outputs that routing by category has whatever it names, as one reads them without looking at capitals. */
const FIXED_OUTPUTS = new Set(['other', 'review', 'no result']);

/** A category with the name of a fixed output looks like that output, and takes its items. */
export function hintLikeFixedOutput({ hint }: NodeExecution, categories: ReadonlySet<string>): void {
	const alike = [...categories].filter((category) => FIXED_OUTPUTS.has(category.toLowerCase()));
	if (alike.length === 0) return;
	hint(`Results of the category ${nameSome(alike)} are sent to its own output, not to the fixed output of that name. Remove it under Route These Categories if one output is enough.`, 'warning');
}
