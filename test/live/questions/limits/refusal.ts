import { refusalIn, textAt } from '../../lab/read';
import { free, type Finding, type Question } from '../../question';
import { calmDown, sendBurst } from './burst';

function formOf(retryAfter: string | null): string {
	if (retryAfter === null) return 'not sent';
	return /^\d+$/.test(retryAfter) ? 'seconds' : 'a date';
}

export const refusal: Question = {
	name: 'refusal',
	asks: 'What does the refusal of too many requests look like, and does it say when to come again?',
	maxCredits: free,
	async ask(lab): Promise<Finding> {
		const answers = await sendBurst(lab, 'GET', '/classifiers?maxPageSize=1').answers;
		await calmDown(lab);
		const refused = answers.find(({ status }) => status === 429);
		if (refused === undefined) return { facts: { code: `no refusal among ${answers.length} requests at once` } };
		return {
			facts: {
				code: textAt(refusalIn(refused), 'code') ?? 'none',
				'fields of the body': Object.keys(refusalIn(refused)).sort().join(', '),
				'Retry-After': formOf(refused.headers.get('retry-after')),
				'X-RateLimit-Reset': refused.headers.has('x-ratelimit-reset') ? 'sent' : 'not sent',
			},
			seen: [`${answers.filter(({ status }) => status !== 429).length} of ${answers.length} requests at once were taken`],
		};
	},
};
