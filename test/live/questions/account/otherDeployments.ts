import { Http } from '../../lab/http';
import { describeAnswer } from '../../lab/read';
import { free, type Question } from '../../question';

export const otherDeployments: Question = {
	name: 'otherDeployments',
	asks: "Is a key known in Extend's other regions?",
	maxCredits: free,
	obstacle: ({ settings }) => (settings.otherDeployments.length === 0 ? "needs a key of one of Extend's own regions" : undefined),
	async ask({ http, settings }) {
		const answers = settings.otherDeployments.map(async (baseUrl) => {
			const elsewhere = new Http({ ...http.connection, baseUrl }, http.signal);
			return describeAnswer(await elsewhere.send('GET', '/classifiers', { query: { maxPageSize: '1' } }));
		});
		return { facts: { 'the key elsewhere': [...new Set(await Promise.all(answers))].sort().join(', ') } };
	},
};
