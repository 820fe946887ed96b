/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- a command line tool */
import { describeThrown } from '../../scripts/lib/explained.mjs';
import { dovecotUser, findChromium, findDovecot, findPostgres, findRedis, postgresUser } from './programs';

const LOOKS: Record<string, Array<() => unknown>> = {
	redis: [findRedis],
	postgresql: [findPostgres, postgresUser],
	dovecot: [findDovecot, dovecotUser],
	chromium: [findChromium],
};

/** Prints where the named programs are; where one is missing, how to install it, before long tests have run in vain. */
for (const look of process.argv.slice(2).flatMap((name) => LOOKS[name] ?? [])) {
	try {
		const found = look();
		if (typeof found === 'string') console.log(found);
	} catch (caught) {
		console.error(describeThrown(caught));
		process.exitCode = 1;
	}
}
