import type { Result } from './check';
import { NOT_ASKED } from './questions';

const LABELS = { notAsked: 'not asked', unanswered: 'no answer', overBound: 'not asked, too expensive', stopped: 'ended' };

/** What came of a question, for the terminal: a line, and one more for each difference. */
export function describeResult(result: Result): string {
	const head = `${result.number}: ${result.question.asks}`;
	if (result.kind !== 'answered') return `${head}\n    ${LABELS[result.kind]}: ${result.why}`;
	const { differences, finding } = result;
	const same = Object.keys(finding.facts).length - differences.filter(({ live }) => live !== 'did not occur').length;
	const lines = differences.map(({ fact, standIn, live }) => `    ${fact}: stand-in says ${standIn} / live says ${live}`);
	return [head, ...lines, ...(same > 0 ? [`    as the stand-in believes: ${same} of ${Object.keys(finding.facts).length}`] : [])].join('\n');
}

export function describeNotAsked(): string {
	return NOT_ASKED.map(([topic, question, why]) => `${topic}: ${question}\n    not asked: ${why}`).join('\n');
}

export interface Summary {
	baseUrl: string;
	at: Date;
	results: Result[];
	credits: number;
	bound: number;
	/** IDs of what could not be removed. */
	left: string[];
}

/** "12 answered, 2 of them differently, 3 not asked; 4.2 of at most 52 credits" */
export function describeSummary({ results, credits, bound, left }: Summary): string {
	const answered = results.filter(({ kind }) => kind === 'answered');
	const different = results.filter((result) => result.kind === 'answered' && result.differences.length > 0);
	const remains = left.length === 0 ? 'Everything that was made is removed.' : `Could not be removed: ${left.join(', ')}`;
	return [
		`${answered.length} questions answered, ${different.length} of them differently than the stand-in believes; ` +
			`${results.length - answered.length} without an answer, ${NOT_ASKED.length} for people to find out.`,
		`${credits} of at most ${bound} credits. ${remains}`,
	].join('\n');
}

/** Everything, as Markdown, to be kept. */
export function writeReport(summary: Summary): string {
	const head = ['# What the API answers', '', `${summary.baseUrl}, ${summary.at.toISOString()}`, '', describeSummary(summary), ''];
	const rest = ['## Left to people', '', ...NOT_ASKED.map(([topic, question, why]) => `- ${topic}: ${question} (${why})`), ''];
	return [...head, ...summary.results.flatMap(writeResult), ...rest].join('\n');
}

function writeResult(result: Result): string[] {
	const head = [`## ${result.number}: ${result.question.asks}`, ''];
	if (result.kind !== 'answered') return [...head, `${LABELS[result.kind]}: ${result.why}`, ''];
	const rows = Object.entries(result.finding.facts).map(([fact, live]) => {
		const difference = result.differences.find((each) => each.fact === fact);
		return `| ${fact} | ${live} | ${difference?.standIn ?? 'the same'} |`;
	});
	const missing = result.differences.filter(({ fact }) => !(fact in result.finding.facts));
	const gone = missing.map(({ fact, live, standIn }) => `| ${fact} | ${live} | ${standIn} |`);
	const seen = (result.finding.seen ?? []).map((text) => `- ${text}`);
	return [...head, '| | live | stand-in |', '| --- | --- | --- |', ...rows, ...gone, '', ...seen, ...(seen.length > 0 ? [''] : [])];
}
