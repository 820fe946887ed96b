import { describeAnswer, messageIn } from '../../lab/read';
import { free, type Question } from '../../question';

export const unsupportedType: Question = {
	name: 'unsupportedType',
	asks: 'Is a file of an unsupported type refused at the upload?',
	maxCredits: free,
	async ask(lab) {
		const answer = await lab.upload(new TextEncoder().encode('number\tamount\n1\t120\n'), 'tsv');
		return { facts: { 'an upload of a .tsv': describeAnswer(answer) }, seen: [messageIn(answer)] };
	},
};
