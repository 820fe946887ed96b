/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command line tool */
import { readFileSync } from 'node:fs';
import { findKey, SECRET_KEY } from './leaks';

/** Looks for the tests' API key in the records of test runs that are named on the command line. */
for (const file of process.argv.slice(2)) {
	const text = readFileSync(file, 'utf8');
	const found = findKey({ [file]: text }, SECRET_KEY);
	console.log(`${found.length} in ${text.length} characters`);
	for (const place of found) console.error(place);
	if (found.length > 0 || text.length === 0) process.exitCode = 1;
}
