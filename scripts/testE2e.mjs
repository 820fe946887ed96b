import { join } from 'node:path';
import { runChecks } from './lib/checks.mjs';
import { N8N_VERSION, OLDEST_N8N_VERSION } from './lib/install.mjs';
import { nodeTestStep, programsStep } from './lib/nodeTests.mjs';

const FOLDER = join('test', 'e2e');
/** The test of all that the package needs of an n8n. */
const CORE = 'core';

/**
 * The tests with one of the texts in their names, on the version that EXTEND_TEST_N8N_VERSION asks for, if any.
 * @param {string[]} only
 */
const testsOf = (only) => nodeTestStep({ name: `The packed package in n8n ${process.env.EXTEND_TEST_N8N_VERSION || N8N_VERSION}`, folder: FOLDER, only });

/** The core once more, on the oldest version that the package is made for. */
const oldest = () => ({
	...nodeTestStep({ name: `The core in n8n ${OLDEST_N8N_VERSION}, the oldest it is made for`, folder: FOLDER, only: [CORE] }),
	env: { EXTEND_TEST_N8N_VERSION: OLDEST_N8N_VERSION },
});

/** What `npm run test:e2e` does. Arguments choose test files by a part of their names: npm run test:e2e -- classify */
await runChecks((only) => {
	const wantsCore = only.length === 0 || only.includes(CORE);
	const programs = only.length === 0 ? [programsStep('redis', 'postgresql', 'dovecot', 'chromium')] : [];
	const core = wantsCore && !process.env.EXTEND_TEST_N8N_VERSION ? [oldest()] : [];
	return [...programs, testsOf(only), ...core];
});
