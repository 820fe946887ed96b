import { accepted } from '../../lab/lab';
import { describeAnswer, listAt, textAt } from '../../lab/read';
import { free, type Facts, type Question } from '../../question';
import type { Lab } from '../../lab/lab';

const SIZES = ['0', '1', '100', '1000', '1001'];
const LISTS = ['/classifiers', '/files', '/classify_runs'];

/** Entries on the first page of a list that goes on, when no size is asked for. */
async function usualSize(lab: Lab): Promise<string> {
	for (const path of LISTS) {
		const page = accepted(await lab.http.send('GET', path));
		if (textAt(page, 'nextPageToken') !== undefined) return String(listAt(page, 'data').length);
	}
	return 'not to be seen: no list here has a second page';
}

export const pageSize: Question = {
	name: 'pageSize',
	asks: 'How large may a page of a list be, and how large is it when no size is asked for?',
	maxCredits: free,
	async ask(lab) {
		const facts: Facts = { 'without a size': await usualSize(lab) };
		for (const size of SIZES) {
			facts[`a size of ${size}`] = describeAnswer(await lab.http.send('GET', '/classifiers', { query: { maxPageSize: size } }));
		}
		return { facts };
	},
};
