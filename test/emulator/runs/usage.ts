import type { Extend } from 'extend-ai';
import type { StoredRun } from './lifecycle';
import { pagesInRanges } from './pages';

interface Prices {
	light: number;
	performance: number;
}

interface Work {
	object: 'classify_run' | 'parse_run';
	id: string;
	product: string;
	pageCount: number;
}

/** Credits per page. @see https://docs.extend.ai/2025-04-21/product/general/how-credits-work */
const CLASSIFY_CREDITS: Prices = { light: 0.3, performance: 1 };
const PARSE_CREDITS: Prices = { light: 0.3, performance: 2 };

/** What the run cost: its own pages, and the parse if this run was the first on its file. */
export function usageOf(run: StoredRun): Extend.RunUsage {
	const { config } = run;
	const pageCount = pagesInRanges(run.file?.pageCount ?? 1, config.advancedOptions?.pageRanges).length;
	const product = config.baseProcessor ?? 'classification_performance';
	const own = entryOf({ object: 'classify_run', id: run.id, product, pageCount }, CLASSIFY_CREDITS);
	if (!run.parse?.isCharged) return { credits: own.credits, totalCredits: own.credits, breakdown: [own] };
	const engine = config.parseConfig?.engine ?? 'parse_performance';
	const parse = entryOf({ object: 'parse_run', id: run.parse.id, product: engine, pageCount }, PARSE_CREDITS);
	return { credits: own.credits, totalCredits: round(own.credits + parse.credits), breakdown: [parse, own] };
}

function tierOf(product: string): keyof Prices {
	return product.endsWith('_light') ? 'light' : 'performance';
}

function entryOf({ object, id, product, pageCount }: Work, prices: Prices): Extend.RunUsageBreakdownEntry {
	const credits = round(pageCount * prices[tierOf(product)]);
	return { object, id, credits, charges: [{ product, unit: 'page', quantity: pageCount, credits }] };
}

/** Sums of tenths, without binary leftovers. */
function round(credits: number): number {
	return Math.round(credits * 10) / 10;
}
