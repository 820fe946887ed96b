import { LIGHT_CONFIG, LIGHT_PAGE } from '../../lab/config';
import { idOf } from '../../lab/lab';
import { describeAnswer, isGood } from '../../lab/read';
import type { Facts, Question } from '../../question';

export const deadLink: Question = {
	name: 'deadLink',
	asks: 'When is a document given by a link fetched: at the start, or once the run is processed?',
	maxCredits: () => LIGHT_PAGE,
	async ask(lab) {
		const file = { url: `https://${lab.mark}.invalid/document.pdf` };
		const started = await lab.start({ config: LIGHT_CONFIG, file }, LIGHT_PAGE);
		const facts: Facts = { 'a start with a link to nowhere': describeAnswer(started) };
		if (!isGood(started)) return { facts };
		const { status, failureReason, failureMessage, file: shown } = await lab.finish(idOf(started.body));
		facts['the run in the end'] = `${String(status)} ${String(failureReason)}`;
		facts['its file'] = shown === null ? 'null' : 'filled';
		return { facts, seen: [String(failureMessage)] };
	},
};
