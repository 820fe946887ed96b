import { existsSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ExplainedError } from './explained.mjs';
import { readJson, writePrivateJson } from './jsonFile.mjs';
import { findNodePackage, locateNode } from './n8nNode.mjs';
import { cleanEnvironment, runNpm, withPath } from './npm.mjs';
import { runToEnd } from './processes.mjs';
import { report, withProgress } from './progress.mjs';
import { requireNativeModules } from './toolchain.mjs';

/** What `npm start` installs, and what all tests run on. */
export const N8N_VERSION = '2.41.1';
/** The oldest n8n that the package is made for, see docs/compatibility.md; the test of the core runs on it too. */
export const OLDEST_N8N_VERSION = '1.123.81';

/** n8n unpacks to 3.0 GB; npm's cache and the compiler need some more. */
const NEEDED_GB = 4.5;
/** Not every version of n8n has both. */
const NATIVE_MODULES = ['sqlite3', 'isolated-vm'];
/** Older versions of n8n name a package outside the npm registry; what it does, reading spreadsheets, is not needed here. */
const OVERRIDES = { xlsx: '0.18.5' };

/**
 * n8n with the Node it wants, installed into a folder of its own unless it is there already.
 * A marker file is written after each of the two stages; what an interrupted stage left is made anew.
 * @param {import('./paths.mjs').DemoPaths} paths
 * @param {string} [version] of n8n
 * @returns {Promise<{ nodePath: string, n8nScript: string }>}
 * @throws {ExplainedError} when something is missing on this computer, or npm does not succeed
 */
export async function ensureN8n(paths, version = N8N_VERSION) {
	const wanted = wantedPackages(version);
	const marker = readJson(paths.installedMarker);
	const hasPackages = marker?.packages === JSON.stringify(wanted);
	if (hasPackages && marker?.stage === 'complete') report(labelOf(wanted), 'up to date');
	else await install(paths, wanted, hasPackages);
	const { nodePath } = locateNode(paths.dir);
	return { nodePath, n8nScript: join(paths.dir, 'node_modules', 'n8n', 'bin', 'n8n') };
}

/** @typedef {{ n8n: string, [name: string]: string }} WantedPackages with their versions */

/**
 * @param {import('./paths.mjs').DemoPaths} paths
 * @param {WantedPackages} wanted
 * @param {boolean} hasPackages
 */
async function install(paths, wanted, hasPackages) {
	requireDiskSpace(paths.dir, hasPackages);
	await requireNativeModules(paths.dir, paths.logs);
	const packages = JSON.stringify(wanted);
	if (!hasPackages) {
		await installPackages(paths, wanted);
		writePrivateJson(paths.installedMarker, { packages, stage: 'packages' });
	}
	await buildNativeModules(paths);
	writePrivateJson(paths.installedMarker, { packages, stage: 'complete' });
}

/**
 * @param {string} version
 * @returns {WantedPackages}
 */
function wantedPackages(version) {
	const node = findNodePackage();
	return { n8n: version, ...(node && { [node[0]]: node[1] }) };
}

/** @param {WantedPackages} wanted */
function labelOf({ n8n }) {
	return `n8n ${n8n}`;
}

/**
 * @param {string} dir
 * @param {boolean} hasPackages
 */
function requireDiskSpace(dir, hasPackages) {
	const { bavail, bsize } = statfsSync(dir);
	const freeGb = (bavail * bsize) / 1e9;
	if (hasPackages || freeGb >= NEEDED_GB) return;
	throw new ExplainedError(
		`n8n needs about ${NEEDED_GB} GB, and ${dir} has ${freeGb.toFixed(1)} GB left. ` +
			'Free some space, or choose another folder: EXTEND_DEMO_DIR=<folder>',
	);
}

/**
 * @param {import('./paths.mjs').DemoPaths} paths
 * @param {WantedPackages} dependencies
 */
async function installPackages(paths, dependencies) {
	const label = labelOf(dependencies);
	// npm takes a half-unpacked package for a whole one, so what an earlier try left is not built upon.
	rmSync(paths.installedMarker, { force: true });
	await withProgress({ label, doing: 'tidying up', done: 'tidied up' }, async () => removeLeftovers(paths.dir));
	const manifest = { name: 'extend-demo', private: true, dependencies, overrides: OVERRIDES };
	writeFileSync(join(paths.dir, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
	// Scripts are off because some of n8n's optional clients would be compiled; Node 20 runs npm, Node 24 runs n8n.
	const args = ['install', '--ignore-scripts', '--engine-strict=false', '--no-audit', '--no-fund'];
	const options = { cwd: paths.dir, logFile: join(paths.logs, 'npm-install-n8n.log'), task: `Installing ${label}` };
	const measure = () => describeUnpacking(paths.dir);
	await withProgress({ label, doing: 'installing', done: 'installed', measure }, () => runNpm(args, options));
}

/** @param {string} dir */
function removeLeftovers(dir) {
	rmSync(join(dir, 'node_modules'), { recursive: true, force: true });
	rmSync(join(dir, 'package-lock.json'), { force: true });
}

/**
 * Native modules for Node 24, then a look whether they load.
 * @param {import('./paths.mjs').DemoPaths} paths
 */
async function buildNativeModules(paths) {
	const { nodePath, headersDir } = locateNode(paths.dir);
	const env = withPath(cleanEnvironment(process.env), dirname(nodePath));
	if (headersDir) env.npm_config_nodedir = headersDir;
	const options = { cwd: paths.dir, env, logFile: join(paths.logs, 'native-modules.log'), task: 'Building n8n\'s native modules' };
	await withProgress({ label: 'Native modules', doing: 'building', done: 'built' }, async () => {
		const modules = NATIVE_MODULES.filter((name) => existsSync(join(paths.dir, 'node_modules', name)));
		await runNpm(['rebuild', '--ignore-scripts=false', ...modules], options);
		const load = modules.map((name) => `require('${name}')`).join(';');
		await runToEnd(nodePath, ['--eval', load], { ...options, task: 'Loading n8n\'s native modules', logFile: join(paths.logs, 'native-check.log') });
	});
}

/**
 * How far npm is. It first looks up all versions, then makes all folders at once, then fills them.
 * @param {string} dir
 */
function describeUnpacking(dir) {
	const top = join(dir, 'node_modules');
	const folders = namesIn(top).flatMap((name) => (name.startsWith('@') ? namesIn(join(top, name)).map((inner) => join(name, inner)) : [name]));
	const filled = folders.filter((name) => existsSync(join(top, name, 'package.json')));
	return folders.length === 0 ? 'looking up versions' : `${filled.length} of ${folders.length} packages`;
}

/** @param {string} dir */
function namesIn(dir) {
	try {
		return readdirSync(dir).filter((name) => !name.startsWith('.'));
	} catch {
		return []; // Not there yet.
	}
}
