import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readJson, writePrivateJson } from './jsonFile.mjs';
import { runNpm } from './npm.mjs';
import { runToEnd } from './processes.mjs';
import { report, withProgress } from './progress.mjs';

export const PACKAGE_NAME = 'n8n-nodes-extend-ai';

const LABEL = 'Extend nodes';
/** What the build and the pack read. */
const SOURCES = ['nodes', 'credentials', 'package.json', 'tsconfig.json', 'gulpfile.js', 'README.md', 'LICENSE'];

/**
 * Builds the package and puts it into an n8n, unless the same sources are in there already.
 * @param {{ root: string, userFolder: string, logs: string }} folders
 */
export async function ensurePackageInN8n({ root, userFolder, logs }) {
	const nodesDir = join(userFolder, '.n8n', 'nodes');
	const marker = join(nodesDir, `${PACKAGE_NAME}.json`);
	const sources = hashSources(root);
	const isPlaced = existsSync(packageDirIn(userFolder)) && readJson(marker)?.sources === sources;
	if (isPlaced) return report(LABEL, 'up to date');
	await withProgress({ label: LABEL, doing: 'building and installing into n8n', done: 'installed into n8n' }, async () => {
		await buildPackage(root, logs);
		const tarball = await packPackage({ root, target: nodesDir, logs });
		await placePackage({ tarball, userFolder, logs });
		rmSync(tarball);
		writePrivateJson(marker, { sources });
	});
}

/**
 * Compiles into dist.
 * @param {string} root
 * @param {string} logs
 */
export async function buildPackage(root, logs) {
	const gulp = join(root, 'node_modules', 'gulp', 'bin', 'gulp.js');
	const options = { cwd: root, logFile: join(logs, 'build.log'), task: 'Building the package' };
	await runToEnd(process.execPath, [gulp, 'build'], options);
}

/**
 * The path of the tarball that would be published. Wants a fresh build.
 * @param {{ root: string, target: string, logs: string }} folders
 */
export async function packPackage({ root, target, logs }) {
	mkdirSync(target, { recursive: true });
	const options = { cwd: root, logFile: join(logs, 'npm-pack.log'), task: 'Packing the package' };
	await runNpm(['pack', '--ignore-scripts', '--pack-destination', target], options);
	return join(target, `${PACKAGE_NAME}-${readJson(join(root, 'package.json'))?.version}.tgz`);
}

/**
 * Puts a tarball where n8n looks for community packages, in the way n8n does it: unpacked, without the names of
 * packages that are not needed at run time. An `npm install` there would remove what the user added in n8n.
 * @param {{ tarball: string, userFolder: string, logs: string }} place
 */
export async function placePackage({ tarball, userFolder, logs }) {
	const target = packageDirIn(userFolder);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	await unpackPackage({ tarball, target, logs });
	const manifestFile = join(target, 'package.json');
	const { devDependencies, peerDependencies, ...manifest } = readJson(manifestFile) ?? {};
	writeFileSync(manifestFile, JSON.stringify(manifest, null, '\t'));
}

/**
 * The content of a tarball, in a folder that exists.
 * @param {{ tarball: string, target: string, logs: string }} place
 */
export async function unpackPackage({ tarball, target, logs }) {
	const options = { cwd: target, logFile: join(logs, 'unpack.log'), task: 'Unpacking the package' };
	await runToEnd('tar', ['-xzf', tarball, '--strip-components=1'], options);
}

/**
 * Where n8n looks for the package.
 * @param {string} userFolder
 */
export function packageDirIn(userFolder) {
	return join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE_NAME);
}

/**
 * One hash over the names and contents of all sources.
 * @param {string} root
 */
function hashSources(root) {
	const hash = createHash('sha256');
	for (const file of SOURCES.flatMap((name) => filesBelow(join(root, name)))) {
		hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
	}
	return hash.digest('hex');
}

/**
 * @param {string} path of a file or a folder
 * @returns {string[]}
 */
function filesBelow(path) {
	if (!existsSync(path)) return [];
	if (statSync(path).isFile()) return [path];
	return readdirSync(path).sort().flatMap((name) => filesBelow(join(path, name)));
}
