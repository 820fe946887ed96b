import { askAll, numberQuestions, type Numbered, type Result } from './check';
import { BELIEFS } from './beliefs';
import { Budget, round } from './lab/budget';
import { Http, type Connection } from './lab/http';
import { accepted, Lab, type LabSettings } from './lab/lab';
import { Made } from './lab/made';
import type { Facts, Question } from './question';
import { TOPICS } from './questions';
import { describeResult, type Summary } from './report';

export interface Plan {
	questions: Numbered[];
	/** The most that all of them can cost. */
	credits: number;
}

/** The questions whose topic or name is wanted. */
export function planQuestions(
	{ only, skip, lab }: { only: string[]; skip: string[]; lab: Omit<LabSettings, 'otherDeployments'> },
	topics: Record<string, Question[]> = TOPICS,
): Plan {
	const isNamed = (texts: string[]) => ({ number, question }: Numbered) =>
		texts.some((text) => number === text || number.startsWith(`${text} `) || question.name === text);
	const wanted = numberQuestions(topics).filter((each) => (only.length === 0 || isNamed(only)(each)) && !isNamed(skip)(each));
	const settings = { ...lab, otherDeployments: [] };
	return { questions: wanted, credits: round(wanted.reduce((sum, { question }) => sum + question.maxCredits(settings), 0)) };
}

export interface SessionInput {
	connection: Connection;
	settings: LabSettings;
	questions: Numbered[];
	bound: number;
	/** Ends the asking; what was made is removed all the same. */
	signal: AbortSignal;
	print: (text: string) => void;
	beliefs?: Record<string, Facts>;
}

/** @throws Error when the API does not take the key for the cheapest read */
async function checkAccess(http: Http): Promise<void> {
	accepted(await http.send('GET', '/classifiers', { query: { maxPageSize: '1' } }));
}

/**
 * Asks the questions, prints what comes of each, removes what was made.
 * @throws Error before anything is made, when the API cannot be reached or does not take the key
 */
export async function runSession(input: SessionInput): Promise<Summary> {
	const { connection, settings, questions, bound, signal, print, beliefs = BELIEFS } = input;
	const budget = new Budget(bound);
	const made = new Made();
	const http = new Http(connection, signal);
	await checkAccess(http);
	const lab = new Lab(http, budget, made, settings);
	const onResult = (result: Result) => print(describeResult(result));
	const results = await askAll(questions, { lab, beliefs, onResult });
	// Nothing stops the removal.
	const left = await made.remove(new Http(connection, new AbortController().signal), lab.mark);
	return { baseUrl: connection.baseUrl, at: new Date(), results, credits: budget.credits, bound, left };
}
