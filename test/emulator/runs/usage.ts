import type { Extend } from 'extend-ai';
import type { StoredRun } from './lifecycle';
import { pagesInRanges } from './pages';

interface Work {
	object: keyof typeof DEFAULT_CREDITS;
	id: string;
	product: string;
	pageCount: number;
}

/**
 * Credits a page by product. The price of Standard is not published, and counts as that of Performance here.
 * @see https://docs.extend.ai/2025-04-21/product/general/how-credits-work
 */
const CREDITS: Record<string, number> = {
	classification_performance: 1,
	classification_standard: 1,
	classification_light: 0.3,
	classification_instant: 0.1,
	extraction_performance: 3,
	extraction_light: 1,
	parse_performance: 2,
	parse_auto: 2,
	parse_light: 0.5,
};

/** For products that are not known here. */
const DEFAULT_CREDITS = { classify_run: 1, extract_run: 3, parse_run: 2 };

/** What the run cost: its own pages, and the parse if this run was the first on its file. */
export function usageOf(run: StoredRun): Extend.RunUsage {
	const { config } = run;
	const pageCount = pagesInRanges(run.file?.pageCount ?? 1, config.advancedOptions?.pageRanges).length;
	const product = config.baseProcessor ?? 'classification_performance';
	const engine = config.parseConfig?.engine ?? 'parse_performance';
	return costOf({ object: 'classify_run', id: run.id, product, pageCount }, run.parse && { ...run.parse, engine });
}

/** What a piece of work cost, and the parse if it was the first on its file. */
export function costOf(work: Work, parse?: { id: string; engine: string; isCharged: boolean }): Extend.RunUsage {
	const own = entryOf(work);
	if (!parse?.isCharged) return { credits: own.credits, totalCredits: own.credits, breakdown: [own] };
	const read = entryOf({ object: 'parse_run', id: parse.id, product: parse.engine, pageCount: work.pageCount });
	return { credits: own.credits, totalCredits: round(own.credits + read.credits), breakdown: [read, own] };
}

function entryOf({ object, id, product, pageCount }: Work): Extend.RunUsageBreakdownEntry {
	const credits = round(pageCount * (CREDITS[product] ?? DEFAULT_CREDITS[object]));
	return { object, id, credits, charges: [{ product, unit: 'page', quantity: pageCount, credits }] };
}

/** Sums of tenths, without binary leftovers. */
function round(credits: number): number {
	return Math.round(credits * 10) / 10;
}
