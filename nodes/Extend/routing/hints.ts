import { describeCounts, nameSome } from '../runs/summary';

/** Texts about outputs; each is undefined where there is nothing to say. */

/** Categories that are named before the rest is only counted. */
const MAX_CATEGORIES = 10;
/** The outputs that routing by category has whatever it names, as one reads them without looking at capitals. */
const FIXED_OUTPUTS = new Set(['other', 'review', 'no result']);

/** @param categories of all items that were sent to Other, as often as they came */
export function describeUnrouted(categories: string[]): string | undefined {
	if (categories.length === 0) return undefined;
	const counts = describeCounts(categories, MAX_CATEGORIES);
	return `Sent to Other, because they have no output: ${counts}. To give one its own output, add it under Route These Categories.`;
}

/** A category with the name of a fixed output looks like that output, and takes its items. */
export function describeLikeFixedOutput(categories: ReadonlySet<string>): string | undefined {
	const alike = [...categories].filter((category) => FIXED_OUTPUTS.has(category.toLowerCase()));
	if (alike.length === 0) return undefined;
	return `Results of the category ${nameSome(alike)} are sent to its own output, not to the fixed output of that name. Remove it under Route These Categories if one output is enough.`;
}
