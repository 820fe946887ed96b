import { LIGHT_CONFIG, nobodys } from '../../lab/config';
import type { Sent } from '../../lab/http';
import type { Lab } from '../../lab/lab';
import { describeAnswer, messageIn } from '../../lab/read';
import { free, type Facts, type Question } from '../../question';

const file = { id: nobodys('file') };

/** Starts that are wrong in one way each; should one be taken after all, it has no file to be paid for. */
const STARTS: Record<string, object> = {
	'a start without a document': { config: LIGHT_CONFIG },
	'a start without categories': { file },
	'a start with a classifier and categories': { classifier: { id: nobodys('cl') }, config: LIGHT_CONFIG, file },
	'a start with a field nobody knows': { config: LIGHT_CONFIG, file, nobodyKnows: 1 },
	'a start with a priority that is a text': { config: LIGHT_CONFIG, file, priority: 'high' },
	'a start with a classifier that does not exist': { classifier: { id: nobodys('cl') }, file },
	'a start with a file that does not exist': { config: LIGHT_CONFIG, file },
};

const LISTS: Record<string, Sent> = {
	'a list with a filter nobody knows': { query: { nobodyKnows: '1' } },
	'a list in an order nobody knows': { query: { sortBy: 'colour' } },
	'a list without the version of the API': { headers: { 'x-extend-api-version': undefined } },
	'a list with a version that does not exist': { headers: { 'x-extend-api-version': '1999-01-01' } },
	'a list with a key that does not exist': { headers: { authorization: 'Bearer sk_test_made_up_by_check_live' } },
};

async function refusals(lab: Lab) {
	const all: Array<[string, Awaited<ReturnType<Lab['start']>>]> = [
		['a start that is no JSON', await lab.http.send('POST', '/classify_runs', { json: '{"config":' })],
	];
	for (const [name, body] of Object.entries(STARTS)) all.push([name, await lab.start(body, 0)]);
	for (const [name, sent] of Object.entries(LISTS)) all.push([name, await lab.http.send('GET', '/classify_runs', sent)]);
	return all;
}

export const badRequests: Question = {
	name: 'badRequests',
	asks: 'Which statuses and codes do requests get that are wrong in one way or another?',
	maxCredits: free,
	async ask(lab) {
		const all = await refusals(lab);
		const facts: Facts = Object.fromEntries(all.map(([name, answer]) => [name, describeAnswer(answer)]));
		return { facts, seen: all.map(([name, answer]) => `${name}: ${messageIn(answer)}`) };
	},
};
