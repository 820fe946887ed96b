import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ExplainedError } from './explained.mjs';
import { projectRoot } from './paths.mjs';

/** Tests that run a real n8n. Jest leaves them alone: they use scripts, which are modules that jest cannot load. */
const ENDING = '.n8n.ts';
/** One that hangs is ended after this time, and with it all that it has started. */
const LIMIT_MS = 10 * 60_000;

/**
 * The step that runs a folder's tests of a real n8n, one file after the other, with node's own test runner.
 * @param {{ name: string, folder: string, only?: string[], record?: string }} plan `only`: texts of which a file's
 * name has to contain one; `record`: a file for all that the tests print and throw
 * @returns {import('./steps.mjs').Step}
 * @throws {ExplainedError} when there is no such test, which must not pass for success
 */
export function nodeTestStep({ name, folder, only = [], record }) {
	const files = testFiles(folder).filter((file) => only.length === 0 || only.some((text) => file.includes(text)));
	if (files.length === 0) {
		const wanted = only.length === 0 ? '' : ` with ${only.join(' or ')} in its name`;
		throw new ExplainedError(`There is no test *${ENDING}${wanted} in ${folder}.`);
	}
	const flags = ['--import', 'tsx', '--test', '--test-concurrency=1', `--test-timeout=${LIMIT_MS}`];
	const screen = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
	const recorder = record === undefined ? [] : ['--test-reporter=tap', `--test-reporter-destination=${record}`];
	return { name, args: [...flags, ...screen, ...recorder, ...files] };
}

/**
 * The step that looks for programs of the system before long tests have run in vain.
 * @param {string[]} names of those that the tests start, see test/n8n/checkPrograms.ts
 * @returns {import('./steps.mjs').Step}
 */
export function programsStep(...names) {
	return { name: 'Programs that the tests start', args: [...typeScript('checkPrograms.ts'), ...names] };
}

/**
 * How node runs a file of test/n8n.
 * @param {string} file
 */
export function typeScript(file) {
	return ['--import', 'tsx', join('test', 'n8n', file)];
}

/** @param {string} folder */
function testFiles(folder) {
	const dir = join(projectRoot, folder);
	if (!existsSync(dir)) return [];
	const names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
	return names.filter((file) => file.endsWith(ENDING)).sort().map((file) => join(folder, file));
}
