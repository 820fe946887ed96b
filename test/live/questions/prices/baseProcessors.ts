import { CATEGORIES, TEXTS, UNKNOWN_PAGE } from '../../lab/config';
import { idOf } from '../../lab/lab';
import { describeAnswer, isGood, listAt, numberAt } from '../../lab/read';
import type { Facts, Question } from '../../question';

const PROCESSORS = ['classification_light', 'classification_standard', 'classification_instant'];

export const baseProcessors: Question = {
	name: 'baseProcessors',
	asks: 'What do the base processors cost for a page, and do they all give a confidence and a reasoning?',
	maxCredits: () => PROCESSORS.length * UNKNOWN_PAGE,
	async ask(lab) {
		const facts: Facts = {};
		for (const baseProcessor of PROCESSORS) {
			const config = { baseProcessor, parseConfig: { engine: 'parse_light' }, classifications: CATEGORIES };
			const started = await lab.start({ config, file: lab.text(TEXTS.invoice) }, UNKNOWN_PAGE);
			facts[`a start with ${baseProcessor}`] = describeAnswer(started);
			if (!isGood(started)) continue;
			const { status, usage, output } = await lab.finish(idOf(started.body));
			facts[`a run with ${baseProcessor}`] = String(status);
			facts[`credits of ${baseProcessor} for a page`] = String(numberAt(usage, 'credits') ?? 'not said');
			facts[`confidence of ${baseProcessor}`] = numberAt(output, 'confidence') === undefined ? 'none' : 'a number';
			facts[`reasoning of ${baseProcessor}`] = listAt(output, 'insights').length > 0 ? 'some' : 'none';
		}
		return { facts };
	},
};
