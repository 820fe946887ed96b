/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command line tool */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { version } from '../../package.json';
import { isAsBelieved } from './check';
import { writeRecord } from './record';
import { describeNotAsked, describeSummary, writeReport } from './report';
import { planQuestions, runSession, type Plan } from './session';
import { HELP, readConnection, readFlags } from './settings';

/** Exit codes besides 0 for "all as believed": something differs or has no answer, or nothing was asked. */
const DIFFERENT = 1;
const NOT_ASKED = 2;

/** What it asks and what that costs, before anything is sent. */
function describePlan({ questions, credits }: Plan, baseUrl: string): string {
	return `${questions.length} questions to ${baseUrl}, at most ${credits} credits by the published prices.`;
}

async function main(): Promise<number> {
	const flags = readFlags(process.argv.slice(2));
	if (flags.isHelp) return say(HELP, 0);
	const { otherDeployments, ...connection } = readConnection(process.env);
	const plan = planQuestions(flags);
	if (plan.questions.length === 0) return say('There is no such question. Topics and names are in test/live/questions.', NOT_ASKED);
	const bound = flags.maxCredits ?? plan.credits;
	console.log(`${describePlan(plan, connection.baseUrl)} Never more than ${bound}.`);
	if (!flags.isAllowed) return say('Nothing was asked. Add --yes, or --max-credits and a number, to go on.', NOT_ASKED);
	const print = (text: string) => console.log(withoutKey(text));
	const settings = { ...flags.lab, otherDeployments };
	const summary = await runSession({ connection, settings, questions: plan.questions, bound, signal: stopSignal(), print });
	print(`${describeNotAsked()}\n\n${describeSummary(summary)}`);
	writeFile(flags.report, withoutKey(writeReport(summary)));
	writeFile(flags.record, withoutKey(writeRecord(summary, version)));
	return isAsBelieved(summary.results) && summary.left.length === 0 ? 0 : DIFFERENT;
}

/** The key is in no text of ours, but an answer of the API might repeat it. */
function withoutKey(text: string): string {
	const key = process.env.EXTEND_API_KEY?.trim();
	return key ? text.replaceAll(key, '(the key)') : text;
}

function say(text: string, exitCode: number): number {
	console.log(text);
	return exitCode;
}

function writeFile(file: string, text: string): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
	console.log(`Written to ${file}`);
}

/** npm hands a Ctrl+C on although the terminal has sent it to us too; what comes this soon is the same one. */
const SAME_SIGNAL_MS = 700;

/** Set by Ctrl+C; a second one ends everything at once. */
function stopSignal(): AbortSignal {
	const controller = new AbortController();
	let firstMs = Infinity;
	for (const name of ['SIGINT', 'SIGTERM'] as const) {
		process.on(name, () => {
			if (Date.now() - firstMs > SAME_SIGNAL_MS) process.exit(130);
			if (controller.signal.aborted) return;
			firstMs = Date.now();
			console.log('Ending. What was made is being removed; Ctrl+C once more does not wait for that.');
			controller.abort();
		});
	}
	return controller.signal;
}

main().then(
	(exitCode) => {
		process.exitCode = exitCode;
	},
	(error: unknown) => {
		console.error(withoutKey(`The API could not be asked: ${error instanceof Error ? error.message : String(error)}`));
		process.exitCode = NOT_ASKED;
	},
);
