import { LIGHT_CONFIG, LIGHT_PAGE, TEXTS } from '../../lab/config';
import { accepted } from '../../lab/lab';
import type { Question } from '../../question';

export const firstStatus: Question = {
	name: 'firstStatus',
	asks: 'Which status has a run right after its start, and which of its fields are null then?',
	maxCredits: () => LIGHT_PAGE,
	async ask(lab) {
		const run = accepted(await lab.start({ config: LIGHT_CONFIG, file: lab.text(TEXTS.invoice) }, LIGHT_PAGE));
		const empty = Object.entries(run).filter(([, value]) => value === null).map(([name]) => name);
		await lab.finish(String(run.id));
		return { facts: { status: String(run.status), 'null fields': empty.sort().join(', ') } };
	},
};
