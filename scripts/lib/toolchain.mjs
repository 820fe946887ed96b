import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ExplainedError } from './explained.mjs';
import { runNpm } from './npm.mjs';
import { runToEnd } from './processes.mjs';
import { withProgress } from './progress.mjs';

/** The version that n8n depends on, from 1.123 to 2.41. */
const SQLITE = 'sqlite3@5.1.7';
const TOOLS = ['python3', 'make', 'g++'];
/** The binaries that isolated-vm 6 and 7 bring along; elsewhere it is compiled. */
const ISOLATED_VM_PREBUILT = ['linux-x64', 'linux-arm64', 'darwin-arm64'];

/** @type {Array<[manager: string, install: string]>} */
const INSTALLS = [
	['apt-get', 'apt-get update && SUDO apt-get install -y python3 make g++'],
	['dnf', 'dnf install -y python3 make gcc-c++'],
	['apk', 'apk add python3 make g++'],
	['zypper', 'zypper install -y python3 make gcc-c++'],
	['pacman', 'pacman -S --needed python make gcc'],
];

/**
 * Returns when n8n's native modules can be had here: a compiler is there, or a binary for this computer can be downloaded.
 * Meant to be called before the long install.
 * @param {string} dir folder for a short trial
 * @param {string} logs
 * @throws {ExplainedError} naming the one command that installs the tools
 */
export async function requireNativeModules(dir, logs) {
	const missing = missingTools();
	// make takes a path with a space for two.
	const hasSpace = /\s/.test(dir);
	if (missing.length === 0 && !hasSpace) return;
	const platform = `${process.platform}-${process.arch}`;
	if (ISOLATED_VM_PREBUILT.includes(platform) && (await trySqliteBinary(dir, logs))) return;
	const reason = 'n8n\'s database module has to be compiled on this computer';
	if (missing.length > 0) {
		const tools = `${new Intl.ListFormat('en').format(missing)} ${missing.length > 1 ? 'are' : 'is'} missing`;
		throw new ExplainedError(`${reason}, and ${tools}. Install what it needs with\n\n  ${installCommand()}\n\nthen start again.`);
	}
	throw new ExplainedError(
		`${reason}, which does not work in a folder with a space in its path: ${dir}\n` +
			'Choose another folder for n8n: EXTEND_DEMO_DIR=<folder without a space>',
	);
}

/**
 * @param {string} dir
 * @param {string} logs
 */
function trySqliteBinary(dir, logs) {
	const texts = { label: 'Native modules', doing: 'looking for a ready-made one', done: 'looked for a ready-made one' };
	return withProgress(texts, () => hasSqliteBinary(join(dir, 'trial'), logs));
}

/** The tools a compilation needs and this computer does not have. */
export function missingTools() {
	if (process.platform === 'darwin') {
		// The tools exist as stubs there that only offer to install the real ones.
		return works('xcode-select', ['-p']) ? [] : ['Xcode\'s command line tools'];
	}
	return TOOLS.filter((tool) => !works(tool, ['--version']));
}

function installCommand() {
	if (process.platform === 'darwin') return 'xcode-select --install';
	const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
	const known = INSTALLS.find(([manager]) => works(manager, ['--version']));
	return known ? `${sudo}${known[1].replace('SUDO ', sudo)}` : 'your package manager: python3, make, g++';
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function works(command, args) {
	return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/**
 * Whether there is a binary of sqlite3 for this computer. Only a trial tells: it comes from another host than packages
 * do, and may want a newer system library.
 * @param {string} dir
 * @param {string} logs
 */
async function hasSqliteBinary(dir, logs) {
	const module = join(dir, 'node_modules', 'sqlite3');
	const options = { cwd: dir, logFile: join(logs, 'sqlite-trial.log'), task: 'Getting a binary of sqlite3' };
	mkdirSync(dir, { recursive: true });
	try {
		await runNpm(['install', '--prefix', dir, '--no-save', '--ignore-scripts', SQLITE], options);
		const download = join(dir, 'node_modules', 'prebuild-install', 'bin.js');
		await runToEnd(process.execPath, [download, '-r', 'napi'], { ...options, cwd: module });
		await runToEnd(process.execPath, ['--eval', `require(${JSON.stringify(module)})`], options);
		return true;
	} catch {
		return false; // The caller explains what to do instead.
	} finally {
		rmSync(dir, { recursive: true, force: true });
	}
}
