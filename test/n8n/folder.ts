/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- keeps the data of servers */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// First, because it ends what still runs when this process exits: the folders go after that.
import '../../scripts/lib/processes.mjs';

const folders = new Set<string>();

process.once('exit', () => folders.forEach(tryToRemove));
// A signal alone would end this process without its exit handlers, and leave servers and folders behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

/** A new folder of this process; it is gone when the process ends, if not before. */
export function makeFolder(name: string): string {
	const folder = mkdtempSync(join(tmpdir(), `extend-${name}-`));
	folders.add(folder);
	return folder;
}

/** Removes a folder made here, with all that is in it. */
export function removeFolder(folder: string): void {
	rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	folders.delete(folder);
}

/** One that a server is just writing to must not keep the others. */
function tryToRemove(folder: string): void {
	try {
		removeFolder(folder);
	} catch (caught) {
		process.stderr.write(`${folder} could not be removed: ${String(caught)}\n`);
	}
}
