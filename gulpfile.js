const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
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

/** Icons, codex files and output schemas, each to the same place below dist. */
function assets() {
	const files = ['nodes/**/*.{png,svg}', 'credentials/**/*.{png,svg}', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
	return src(files, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.build = series(clean, parallel(compile, assets));
exports.default = exports.build;
