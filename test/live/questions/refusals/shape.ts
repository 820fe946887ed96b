import { nobodys } from '../../lab/config';
import { isWrapped, refusalIn } from '../../lab/read';
import { free, type Question } from '../../question';

export const shape: Question = {
	name: 'shape',
	asks: 'What is in the body of a refusal, and are the request ID and the version of the API sent beside it?',
	maxCredits: free,
	async ask(lab) {
		const answer = await lab.http.send('GET', `/classify_runs/${nobodys('clr')}`);
		return {
			facts: {
				status: String(answer.status),
				'wrapped in': isWrapped(answer) ? 'error' : 'nothing',
				fields: Object.keys(refusalIn(answer)).sort().join(', '),
				'header x-extend-request-id': answer.headers.has('x-extend-request-id') ? 'sent' : 'not sent',
				'header x-extend-api-version': answer.headers.get('x-extend-api-version') ?? 'not sent',
			},
		};
	},
};
