import { join } from 'node:path';
import { runChecks } from './lib/checks.mjs';
import { N8N_VERSION, OLDEST_N8N_VERSION } from './lib/install.mjs';
import { nodeTestStep, programsStep, typeScript } from './lib/nodeTests.mjs';

const FOLDER = join('test', 'e2e');
/** The test of all that the package needs of an n8n. */
const CORE = 'core';

/**
 * An n8n, and the tests with one of the texts in their names on it.
 * @param {string} version
 * @param {string[]} only
 * @returns {import('./lib/steps.mjs').Step[]}
 */
function stepsOn(version, only) {
	const env = { EXTEND_TEST_N8N_VERSION: version };
	return [
		{ name: `n8n ${version}`, args: typeScript('install.ts'), env },
		{ ...nodeTestStep({ name: `The packed package in n8n ${version}`, folder: FOLDER, only }), env },
	];
}

/** What `npm run test:e2e` does. Arguments choose test files by a part of their names: npm run test:e2e -- classify */
await runChecks((only) => {
	const chosen = process.env.EXTEND_TEST_N8N_VERSION;
	if (chosen) return stepsOn(chosen, only);
	const wantsCore = only.length === 0 || only.includes(CORE);
	const programs = only.length === 0 ? [programsStep('redis', 'postgresql', 'dovecot', 'chromium')] : [];
	return [...programs, ...stepsOn(N8N_VERSION, only), ...(wantsCore ? stepsOn(OLDEST_N8N_VERSION, [CORE]) : [])];
});
