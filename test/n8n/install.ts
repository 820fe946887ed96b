/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- a command line tool */
import { describeThrown } from '../../scripts/lib/explained.mjs';
import { ensureInstalled } from './installation';

// As a step of its own, so that no test's time runs while n8n is installed.
ensureInstalled().catch((error: unknown) => {
	console.error(describeThrown(error));
	process.exitCode = 1;
});
