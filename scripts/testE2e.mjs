import { join } from 'node:path';
import { runChecks } from './lib/checks.mjs';
import { nodeTestStep } from './lib/nodeTests.mjs';

/** What `npm run test:e2e` does. Arguments choose test files by a part of their names: npm run test:e2e -- classify */
await runChecks((only) => [nodeTestStep({ name: 'The packed package in a real n8n', folder: join('test', 'e2e'), only })]);
