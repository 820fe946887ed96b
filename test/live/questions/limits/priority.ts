import { LIGHT_CONFIG, nobodys } from '../../lab/config';
import { describeAnswer, messageIn } from '../../lab/read';
import { free, type Facts, type Question } from '../../question';

const PRIORITIES = [-1, 0, 1, 50.5, 100, 101];

export const priority: Question = {
	name: 'priority',
	asks: 'Which priorities may a start have?',
	maxCredits: free,
	async ask(lab) {
		const facts: Facts = {};
		const seen: string[] = [];
		for (const priority of PRIORITIES) {
			// A file that does not exist: what is refused for the file has passed as a priority, and nothing is paid.
			const answer = await lab.start({ config: LIGHT_CONFIG, file: { id: nobodys('file') }, priority }, 0);
			const isRefused = /priority/i.test(messageIn(answer));
			facts[`a priority of ${priority}`] = isRefused ? describeAnswer(answer) : 'taken';
			seen.push(`${priority}: ${messageIn(answer)}`);
		}
		return { facts, seen };
	},
};
