const { execFile } = require('node:child_process');
const { readdir, readFile, rm } = require('node:fs/promises');
const { join } = require('node:path');
const { promisify } = require('node:util');
const { dest, parallel, series, src } = require('gulp');

const run = promisify(execFile);

function clean() {
	return rm('dist', { recursive: true, force: true });
}

function compile() {
	return run(process.execPath, [require.resolve('typescript/bin/tsc')]).catch((error) => {
		process.stderr.write(error.stdout);
		throw new Error('TypeScript found errors; they are listed above');
	});
}

/** What becomes of a file that holds types only. */
const EMPTY_MODULE = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n';

/** Nothing loads modules without content, so the package does without them. */
async function dropEmptyModules() {
	const entries = await readdir('dist', { recursive: true, withFileTypes: true });
	const modules = entries.filter(({ name }) => name.endsWith('.js')).map((entry) => join(entry.parentPath, entry.name));
	await Promise.all(
		modules.map(async (file) => {
			if ((await readFile(file, 'utf8')) === EMPTY_MODULE) await rm(file);
		}),
	);
}

/** Icons, codex files and output schemas, each to the same place below dist. */
function assets() {
	const files = ['nodes/**/*.{png,svg}', 'credentials/**/*.{png,svg}', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
	return src(files, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.build = series(clean, parallel(series(compile, dropEmptyModules), assets));
exports.default = exports.build;
