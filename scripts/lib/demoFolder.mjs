import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ExplainedError } from './explained.mjs';
import { readJson, writePrivateJson } from './jsonFile.mjs';

/** Why a folder cannot be made or written to, for those who do not know the codes. */
const REASONS = new Map([
	['EACCES', 'you have no right to'],
	['EPERM', 'you have no right to'],
	['EROFS', 'the disk is read-only'],
	['ENOTDIR', 'a file has its name or that of a folder above it'],
	['EEXIST', 'a file has its name or that of a folder above it'],
	['ENOSPC', 'the disk is full'],
]);

/**
 * Makes the folders and makes sure that they can be written to, as well as the project's own.
 * @param {string} root
 * @param {import('./paths.mjs').DemoPaths} paths
 * @throws {ExplainedError} naming the folder
 */
export function requireWritable(root, paths) {
	try {
		accessSync(root, constants.W_OK);
	} catch (error) {
		throw new ExplainedError(
			`The project's folder ${root} cannot be written to: ${reasonOf(error)}. Its packages go there. ` +
				'Change its rights, or copy the project to a folder of your own.',
		);
	}
	try {
		for (const dir of [paths.dir, paths.logs, paths.userFolder]) {
			mkdirSync(dir, { recursive: true });
			accessSync(dir, constants.W_OK);
		}
	} catch (error) {
		throw new ExplainedError(
			`The folder ${paths.dir} cannot be written to: ${reasonOf(error)}. ` +
				'Change its rights, or choose another one: EXTEND_DEMO_DIR=<folder>',
		);
	}
}

/**
 * Notes that this process uses the folder; two of them would share one database.
 * @param {import('./paths.mjs').DemoPaths} paths
 * @throws {ExplainedError} naming the process that uses it already
 */
export function claimFolder(paths) {
	const pid = Number(readJson(paths.running)?.pid);
	if (pid > 0 && pid !== process.pid && isStartScript(pid)) {
		throw new ExplainedError(
			`The demo in ${paths.dir} is running already, as process ${pid}. Stop it with Ctrl+C there or with: kill ${pid}`,
		);
	}
	writePrivateJson(paths.running, { pid: process.pid });
	process.once('exit', () => rmSync(paths.running, { force: true }));
}

/**
 * n8n unpacks its editor into a cache beside its data: thousands of scripts that `npm run lint` would read for a minute.
 * A link into node_modules keeps them out of its sight, as its configuration may not be changed.
 * @param {import('./paths.mjs').DemoPaths} paths
 */
export function hideEditorCache(paths) {
	const cache = join(paths.userFolder, '.cache');
	const hidden = join(paths.dir, 'node_modules', '.n8n-editor-cache');
	mkdirSync(hidden, { recursive: true });
	rmSync(cache, { recursive: true, force: true });
	symlinkSync(hidden, cache);
}

/**
 * Whether the number still belongs to this script: after a restart of the computer it may belong to anything.
 * @param {number} pid
 */
function isStartScript(pid) {
	const listed = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
	return listed.status === 0 && listed.stdout.includes('start.mjs');
}

/** @param {unknown} error */
function reasonOf(error) {
	const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
	return REASONS.get(code) ?? code;
}
