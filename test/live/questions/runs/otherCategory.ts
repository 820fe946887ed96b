import { CATEGORIES, LIGHT, LIGHT_PAGE, TEXTS } from '../../lab/config';
import { describeAnswer, isGood, messageIn } from '../../lab/read';
import { idOf } from '../../lab/lab';
import type { Question } from '../../question';

export const otherCategory: Question = {
	name: 'otherCategory',
	asks: 'Must categories that are given with a start include one of type "other", and what is said if not?',
	maxCredits: () => LIGHT_PAGE,
	async ask(lab) {
		const classifications = CATEGORIES.filter(({ type }) => type !== 'other');
		const started = await lab.start({ config: { ...LIGHT, classifications }, file: lab.text(TEXTS.invoice) }, LIGHT_PAGE);
		const facts = { 'categories without one of type other': describeAnswer(started) };
		if (!isGood(started)) return { facts, seen: [messageIn(started)] };
		await lab.finish(idOf(started.body));
		return { facts };
	},
};
