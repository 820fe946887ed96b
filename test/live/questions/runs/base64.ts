import { LIGHT_CONFIG, LIGHT_PAGE, TEXTS } from '../../lab/config';
import { idOf } from '../../lab/lab';
import { describeAnswer, isGood, messageIn } from '../../lab/read';
import type { Question } from '../../question';

export const base64: Question = {
	name: 'base64',
	asks: 'Can a document be sent along as base64?',
	maxCredits: () => LIGHT_PAGE,
	async ask(lab) {
		const file = { base64: Buffer.from(TEXTS.invoice).toString('base64'), name: `${lab.mark}.txt` };
		const started = await lab.start({ config: LIGHT_CONFIG, file }, LIGHT_PAGE);
		const facts = { 'a document as base64': describeAnswer(started) };
		if (!isGood(started)) return { facts, seen: [messageIn(started)] };
		const { status } = await lab.finish(idOf(started.body));
		return { facts: { ...facts, 'the run in the end': String(status) } };
	},
};
