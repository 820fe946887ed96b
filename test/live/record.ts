import type { Result } from './check';
import type { Summary } from './report';
import { regionOf } from './settings';

/** What Extend's IDs look like; in a record that is published they help nobody. */
const ID = /\b[a-z]{2,6}_[A-Za-z0-9]{6,}\b/g;

const OUTCOMES: Record<Result['kind'], string> = {
	answered: 'as believed',
	notAsked: 'not asked',
	unanswered: 'no answer',
	overBound: 'not asked, too expensive',
	stopped: 'ended before',
};

/**
 * A dated record for docs/live-checks.md: what was asked and what differed. It takes nothing from the answers but the
 * facts that are compared, and of those no ID; no key, no document and no text of the API.
 * @param packageVersion of this package
 */
export function writeRecord({ baseUrl, at, results, credits }: Summary, packageVersion: string): string {
	const different = results.filter((result) => result.kind === 'answered' && result.differences.length > 0);
	const answered = results.filter(({ kind }) => kind === 'answered').length;
	return [
		`## ${at.toISOString().slice(0, 10)}`,
		'',
		`Version ${packageVersion}, region ${regionOf(baseUrl)}: ${answered} of ${results.length} questions answered, ${different.length} of them differently than the emulator believes; ${credits} credits.`,
		'',
		'| Question | Asked | Outcome |',
		'| --- | --- | --- |',
		...results.map((result) => `| ${result.number} | ${cell(result.question.asks)} | ${outcomeOf(result)} |`),
		'',
		...different.flatMap(describeDifferences),
	].join('\n');
}

function outcomeOf(result: Result): string {
	const isDifferent = result.kind === 'answered' && result.differences.length > 0;
	return isDifferent ? `${result.differences.length} of ${Object.keys(result.finding.facts).length} facts differ` : OUTCOMES[result.kind];
}

function describeDifferences(result: Result): string[] {
	if (result.kind !== 'answered') return [];
	const rows = result.differences.map(({ fact, standIn, live }) => `| ${cell(fact)} | ${cell(live)} | ${cell(standIn)} |`);
	return [`### ${result.number}`, '', '| Fact | Extend | Emulator |', '| --- | --- | --- |', ...rows, ''];
}

function cell(text: string): string {
	return text.replace(ID, '(an ID)').replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
