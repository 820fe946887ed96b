import type { Extend } from 'extend-ai';
import type { StoredRun } from './lifecycle';
import { pagesInRanges } from './pages';

/** Credits per page. @see https://docs.extend.ai/2025-04-21/product/general/how-credits-work */
const CLASSIFY_CREDITS = { light: 0.3, performance: 1 };
const PARSE_CREDITS = { light: 0.3, performance: 2 };

/** What the run cost: its own pages, and the parse if this run was the first on its file. */
export function usageOf(run: StoredRun): Extend.RunUsage {
	const { config } = run;
	const pageCount = pagesInRanges(run.file?.pageCount ?? 1, config.advancedOptions?.pageRanges).length;
	const product = config.baseProcessor ?? 'classification_performance';
	const own = entry('classify_run', run.id, product, pageCount * CLASSIFY_CREDITS[tierOf(product)], pageCount);
	if (!run.parse?.isCharged) return { credits: own.credits, totalCredits: own.credits, breakdown: [own] };
	const engine = config.parseConfig?.engine ?? 'parse_performance';
	const parse = entry('parse_run', run.parse.id, engine, pageCount * PARSE_CREDITS[tierOf(engine)], pageCount);
	return { credits: own.credits, totalCredits: round(own.credits + parse.credits), breakdown: [parse, own] };
}

function tierOf(product: string): 'light' | 'performance' {
	return product.endsWith('_light') ? 'light' : 'performance';
}

function entry(
	object: string,
	id: string,
	product: string,
	cost: number,
	quantity: number,
): Extend.RunUsageBreakdownEntry {
	const credits = round(cost);
	return { object, id, credits, charges: [{ product, unit: 'page', quantity, credits }] };
}

/** Sums of tenths, without binary leftovers. */
function round(credits: number): number {
	return Math.round(credits * 10) / 10;
}
