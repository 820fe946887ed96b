/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- a command line tool */
import { describeThrown } from '../../scripts/lib/explained.mjs';
import { findPostgres, findRedis, postgresUser } from './programs';

/** Prints where the servers of queue mode are; where one is missing, how to install it, before long tests have run in vain. */
for (const look of [findRedis, findPostgres, postgresUser]) {
	try {
		const found = look();
		if (typeof found === 'string') console.log(found);
	} catch (caught) {
		console.error(describeThrown(caught));
		process.exitCode = 1;
	}
}
