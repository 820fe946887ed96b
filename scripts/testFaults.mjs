import { join } from 'node:path';
import { runChecks } from './lib/checks.mjs';
import { nodeTestStep, programsStep, typeScript } from './lib/nodeTests.mjs';
import { projectRoot } from './lib/paths.mjs';

const RECORD = join('.n8n', 'logs', 'test-faults.tap');

const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');

/** What `npm run test:faults` does. Arguments choose among the tests of a real n8n and leave out jest's: npm run test:faults -- stop */
await runChecks((only) => [
	programsStep('redis', 'postgresql'),
	...(only.length > 0 ? [] : [{ name: 'Faults of Extend and of the network, in n8n\'s engine', args: [jest, '--config', 'jest.faults.config.js'] }]),
	nodeTestStep({ name: 'Kills, stops and shutdowns of a real n8n', folder: join('test', 'faults'), only, record: RECORD }),
	{ name: 'The API key in what these tests have printed', args: [...typeScript('checkRecord.ts'), RECORD] },
]);
