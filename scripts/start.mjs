import { checkFirst, installAll, openAccount, openN8n } from './lib/demo.mjs';
import { ensureExampleWorkflow } from './lib/exampleWorkflow.mjs';
import { describeThrown, ExplainedError } from './lib/explained.mjs';
import { demoPaths } from './lib/paths.mjs';
import { stopAllChildren } from './lib/processes.mjs';
import { withProgress } from './lib/progress.mjs';
import { classifySamples, findDeviations } from './lib/sampleRun.mjs';
import { HELP, readFlags, readSettings } from './lib/settings.mjs';
import { stopOnSignals } from './lib/stopSignals.mjs';
import { renderTable } from './lib/table.mjs';

const OLDEST_NODE = 20;

const INTERRUPTED = 130;

let exitCodeWhenStopped = INTERRUPTED;

async function main() {
	requireSystem();
	const flags = readFlags(process.argv.slice(2));
	if (flags.help) return print(HELP);
	const settings = readSettings(process.env);
	const paths = demoPaths(settings.demoDir);
	await checkFirst(settings, paths);
	const demo = await openDemo(settings, paths);
	const rows = await classify(demo);
	if (flags.once) return await finish(rows, settings);
	await keepRunning(demo);
}

/**
 * @param {import('./lib/settings.mjs').Settings} settings
 * @param {import('./lib/paths.mjs').DemoPaths} paths
 */
async function openDemo(settings, paths) {
	const runtime = await installAll(paths);
	const opened = await openAccount(settings, paths);
	const n8n = await openN8n({ settings, paths, runtime });
	const workflow = await ensureExampleWorkflow(n8n.client, opened.account, paths.state);
	return { ...opened, n8n, workflow, paths };
}

/** @typedef {Awaited<ReturnType<typeof openDemo>>} Demo */

/** @param {Demo} demo */
async function classify({ n8n, workflow, source }) {
	const texts = { label: 'Example workflow', doing: 'classifying examples/documents', done: 'done' };
	const rows = await withProgress(texts, () => classifySamples(n8n.client, workflow));
	print(`\n${rows.length} documents, sent to ${source}\n`);
	print(
		renderTable(
			[
				['document', 'Document'],
				['category', 'Category'],
				['confidence', 'Confidence', 'right'],
				['status', 'Status'],
				['seconds', 'Seconds', 'right'],
				['note', 'Note'],
			],
			rows,
		),
	);
	const advice = new Set(rows.map((row) => row.advice).filter(Boolean));
	if (advice.size > 0) print(`\n${[...advice].join('\n')}`);
	return rows;
}

/**
 * @param {import('./lib/sampleRun.mjs').ResultRow[]} rows
 * @param {import('./lib/settings.mjs').Settings} settings
 */
async function finish(rows, { extend }) {
	await stopAllChildren();
	const unfinished = rows.filter((row) => row.status !== 'PROCESSED').map((row) => `${row.document}: ${row.status}.`);
	// What the real API answers is its own business; the expected categories are those of the stand-in.
	const deviations = extend ? [] : findDeviations(rows);
	const reasons = [...unfinished, ...deviations];
	if (reasons.length > 0) throw new ExplainedError(`\nNot as expected:\n  ${reasons.join('\n  ')}`);
	print(`\nAll ${rows.length} documents ${extend ? 'were processed' : 'got the expected category'}.`);
}

/** @param {Demo} demo */
async function keepRunning({ n8n, workflow, ended, paths }) {
	print(`\nOpen      ${n8n.baseUrl}/workflow/${workflow.id}\nE-mail    ${n8n.owner.email}\nPassword  ${n8n.owner.password}\n`);
	print('Press Ctrl+C to stop. What you change in n8n is kept for the next start.');
	exitCodeWhenStopped = 0;
	const first = await Promise.race([n8n.ended.then(() => 'n8n'), ...(ended ? [ended.then(() => 'The stand-in')] : [])]);
	throw new ExplainedError(`${first} has ended by itself. Its log is in ${paths.logs}`);
}

function requireSystem() {
	if (process.platform === 'win32') throw new ExplainedError('This runs on Linux and macOS; on Windows use it in WSL.');
	if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) return;
	throw new ExplainedError(`This needs Node ${OLDEST_NODE} or newer, and you have ${process.version}. Get it from https://nodejs.org`);
}

/** @param {string} text */
function print(text) {
	process.stdout.write(`${text}\n`);
}

const signals = stopOnSignals({ exitCode: () => exitCodeWhenStopped });
try {
	await main();
} catch (error) {
	// While stopping, everything that was waited for fails; that is no news.
	if (!signals.isStopping()) {
		process.stderr.write(`\n${describeThrown(error)}\n`);
		await stopAllChildren();
		process.exitCode = 1;
	}
}
