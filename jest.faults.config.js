const { base, OLDEST_N8N } = require('./jest.base.js');

/** What shows that nothing is paid for twice, whatever becomes of requests and answers. */
const LOST_ANSWERS = ['faults/{everyFault,everyFaultOfBatches,lateStart,oddStarts}', 'workflow/{batchPaidOnce,batchRetried,neverLost,stoppedStarts}'];

/** The long tests: minutes, not seconds. @type {import('jest').Config} */
module.exports = {
	projects: [
		{ ...base, testMatch: ['<rootDir>/test/faults/**/*.test.ts'] },
		{ ...OLDEST_N8N, testMatch: LOST_ANSWERS.map((tests) => `<rootDir>/test/${tests}.test.ts`) },
	],
	// Jest heeds it here only, not in a project.
	testTimeout: 30 * 60_000,
	// They mostly wait, so that more of them fit onto two cores.
	maxWorkers: 3,
	maxConcurrency: 250,
	verbose: true,
};
