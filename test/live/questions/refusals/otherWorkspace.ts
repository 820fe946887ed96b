import { nobodys } from '../../lab/config';
import { describeAnswer, messageIn } from '../../lab/read';
import { free, type Question } from '../../question';

export const otherWorkspace: Question = {
	name: 'otherWorkspace',
	asks: 'Which status and code does a request get for a workspace that the key may not use?',
	maxCredits: free,
	async ask(lab) {
		const headers = { 'x-extend-workspace-id': nobodys('ws') };
		const answer = await lab.http.send('GET', '/classifiers', { query: { maxPageSize: '1' }, headers });
		return { facts: { 'a workspace that is not ours': describeAnswer(answer) }, seen: [messageIn(answer)] };
	},
};
