import { nameSome } from '../runs/summary';
import type { Duplicate } from './duplicates';
import { MAX_RUNS_LOOKED_THROUGH } from './runFinder';

/** Texts about starts that nobody sees in the output items; each is undefined where there is nothing to say. */

/** A file or field, and the item that it belongs to. */
export interface LeftOut {
	itemIndex: number;
	description: string;
}

export function plural(count: number, word: string): string {
	return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

function nameItems(leftOut: readonly LeftOut[]): string {
	return nameSome(leftOut.map(({ description, itemIndex }) => `${description} [item ${itemIndex}]`));
}

/** Files that the options left out. */
export function describeSkipped(skipped: readonly LeftOut[]): string | undefined {
	if (skipped.length === 0) return undefined;
	return `${plural(skipped.length, 'file')} left out by the File Options: ${nameItems(skipped)}`;
}

/** Fields that an item does not have: a typing error would be noticed by nobody. */
export function describeMissingFields(missing: readonly LeftOut[]): string | undefined {
	if (missing.length === 0) return undefined;
	return `${plural(missing.length, 'binary field')} not found and skipped: ${nameItems(missing)}`;
}

/** Documents for which a run existed already. */
export function describeReused(count: number): string | undefined {
	if (count === 0) return undefined;
	return count === 1 ? '1 document used a run that already existed' : `${count} documents used runs that already existed`;
}

/** Runs that are paid for twice. */
export function describeDuplicates(duplicates: readonly Duplicate[]): string | undefined {
	if (duplicates.length === 0) return undefined;
	const named = nameSome(duplicates.map(({ runId, otherIds }) => `${runId} (also ${otherIds.join(', ')})`));
	return (
		`${plural(duplicates.length, 'document')} with more than one run at Extend, each of them paid for: ${named}. ` +
		'Another execution started the same document at the same moment, or Extend carried out a request late that it had not confirmed.'
	);
}

/** Runs of documents that were sent again, beside which no second one is listed yet. */
export function describeSentAgain(runIds: readonly string[]): string | undefined {
	if (runIds.length === 0) return undefined;
	return (
		`${plural(runIds.length, 'document')} sent more than once, because Extend did not confirm the first request: ${nameSome(runIds)}. ` +
		'A second run may still appear and be paid for. Check the runs in the Extend dashboard.'
	);
}

/** @param classifierNames of those that ran their draft although the latest version was asked for */
export function describeDrafts(classifierNames: readonly string[]): string | undefined {
	if (classifierNames.length === 0) return undefined;
	return `${classifierNames.join(', ')}: the draft was run, because no version is published yet. Publish one in the Extend dashboard so that its categories stay the same.`;
}

export function describeCutShort(): string {
	const count = MAX_RUNS_LOOKED_THROUGH.toLocaleString('en');
	return `Only the newest ${count} runs were checked for earlier ones. A document whose run is older was started again and is paid for again.`;
}

/** Items without a document are in no batch, and an operation that returns batches has no item for them. */
export function describeWithoutDocument(itemIndexes: readonly number[]): string | undefined {
	if (itemIndexes.length === 0) return undefined;
	return `${plural(itemIndexes.length, 'item')} without a document, in no batch: ${nameSome(itemIndexes.map((itemIndex) => `item ${itemIndex}`))}`;
}
