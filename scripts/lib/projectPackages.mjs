import { join } from 'node:path';
import { readJson } from './jsonFile.mjs';
import { runNpm } from './npm.mjs';
import { report, withProgress } from './progress.mjs';

const LABEL = 'Project packages';

/**
 * Installs what package-lock.json names, unless exactly that is there already.
 * @param {string} root
 * @param {string} logs folder for npm's output
 */
export async function ensureProjectPackages(root, logs) {
	if (isInstalled(root)) return report(LABEL, 'up to date');
	const options = { cwd: root, logFile: join(logs, 'npm-ci.log'), task: 'Installing the project\'s packages' };
	await withProgress({ label: LABEL, doing: 'installing', done: 'installed' }, () => runNpm(['ci'], options));
}

/**
 * Whether node_modules holds every package of the lock file in its version. npm writes its own list there as the last
 * step of an install, so an interrupted one does not pass.
 * @param {string} root
 */
function isInstalled(root) {
	const wanted = packagesOf(join(root, 'package-lock.json'));
	const present = packagesOf(join(root, 'node_modules', '.package-lock.json'));
	return Object.entries(wanted).every(
		([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
	);
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(lockFile) {
	const packages = readJson(lockFile)?.packages;
	return /** @type {Record<string, { version?: string, optional?: boolean }>} */ (packages ?? {});
}
