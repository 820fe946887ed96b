import { makePdf } from '../../../emulator/testing/pdf';
import { LIGHT_CONFIG, LIGHT_PAGE, LIGHT_PAGE_AGAIN, TEXTS } from '../../lab/config';
import { accepted, idOf, type Lab } from '../../lab/lab';
import { listAt, numberAt, objectIn, textAt } from '../../lab/read';
import type { Question } from '../../question';

const PAGE_BY_CATEGORY: Record<string, string> = { invoice: 'the first page', contract: 'the second page', delivery_note: 'the third page' };
const READ_ALL = 3 * LIGHT_PAGE;

async function classifyPages(lab: Lab, id: string, range: { start: number; end: number }, credits: number) {
	const config = { ...LIGHT_CONFIG, advancedOptions: { pageRanges: [range] } };
	return await lab.run({ config, file: { id } }, credits);
}

/** Pages that a run was charged for by itself, without the reading of the file. */
function chargedPages(run: Record<string, unknown>): string {
	const own = listAt(run.usage, 'breakdown').find((entry) => textAt(entry, 'object') === 'classify_run');
	const quantities = listAt(own, 'charges').map((charge) => numberAt(charge, 'quantity') ?? 0);
	return quantities.length === 0 ? 'not said' : String(quantities.reduce((sum, quantity) => sum + quantity));
}

export const pageRanges: Question = {
	name: 'pageRanges',
	asks: 'Are page ranges counted from 1, with their end included?',
	maxCredits: () => READ_ALL + 2 * LIGHT_PAGE_AGAIN,
	async ask(lab) {
		const pdf = makePdf(TEXTS.invoice, TEXTS.contract, TEXTS.deliveryNote);
		const id = idOf(accepted(await lab.upload(new Uint8Array(pdf), 'pdf')));
		const second = await classifyPages(lab, id, { start: 2, end: 2 }, READ_ALL);
		const firstTwo = await classifyPages(lab, id, { start: 1, end: 2 }, 2 * LIGHT_PAGE_AGAIN);
		const category = textAt(objectIn(second.output), 'id') ?? 'none';
		return {
			facts: {
				'2 to 2 is': PAGE_BY_CATEGORY[category] ?? `the category ${category}`,
				'pages charged for 2 to 2': chargedPages(second),
				'pages charged for 1 to 2': chargedPages(firstTwo),
			},
		};
	},
};
