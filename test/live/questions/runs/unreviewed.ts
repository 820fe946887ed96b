import { LIGHT_PAGE } from '../../lab/config';
import { objectIn } from '../../lab/read';
import type { Question } from '../../question';

const stateOf = (value: unknown) => (value === null ? 'null' : value === undefined ? 'left out' : 'filled');

export const unreviewed: Question = {
	name: 'unreviewed',
	asks: 'Does a run that nobody reviewed have an initial and a reviewed output?',
	maxCredits: () => LIGHT_PAGE,
	async ask(lab) {
		const { initialOutput, reviewedOutput, reviewed } = objectIn(await lab.sampleRun());
		return { facts: { initialOutput: stateOf(initialOutput), reviewedOutput: stateOf(reviewedOutput), reviewed: String(reviewed) } };
	},
};
