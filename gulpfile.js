const { execFile } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, join, relative } = require('node:path');
const { promisify } = require('node:util');
const { build } = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

const run = promisify(execFile);
/** All code in one file, which packs to three quarters of what many files take. Names stay, for stack traces. */
const BUNDLE = join('dist', 'extend.js');
/** The sources whose code is in there, for the test that looks for others; the package does not hold it. */
const CONTENTS = join('.artifacts', 'bundle.json');

function clean() {
	return rm('dist', { recursive: true, force: true });
}

function checkTypes() {
	return run(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmit']).catch((error) => {
		process.stderr.write(error.stdout);
		throw new Error('TypeScript found errors; they are listed above');
	});
}

/** What n8n loads: its path in the build, its source, and the class that has the name of the file. */
const loaded = [...n8n.nodes, ...n8n.credentials].map((path) => {
	const source = `./${relative('dist', path).replaceAll('\\', '/').replace(/\.js$/, '')}`;
	return { path, source, className: basename(path).split('.')[0] };
});

async function bundle() {
	const contents = loaded.map(({ className, source }) => `export { ${className} } from '${source}';`).join('\n');
	const stdin = { contents, resolveDir: __dirname, sourcefile: 'index.ts', loader: 'ts' };
	const format = { platform: 'node', format: 'cjs', target: 'node20', charset: 'utf8', minifyWhitespace: true };
	const { metafile } = await build({ stdin, outfile: BUNDLE, bundle: true, external: ['n8n-workflow'], metafile: true, logLevel: 'warning', ...format });
	await Promise.all(loaded.map(writeEntry));
	const [{ inputs }] = Object.values(metafile.outputs);
	const sources = Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0);
	await mkdir(dirname(CONTENTS), { recursive: true });
	await writeFile(CONTENTS, JSON.stringify(sources, null, '\t'));
}

/** The file at which n8n looks for a class. */
async function writeEntry({ path, className }) {
	const from = relative(dirname(path), BUNDLE).replaceAll('\\', '/');
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, `"use strict";\nexports.${className} = require("${from}").${className};\n`);
}

/** Icons, codex files and output schemas, each to the same place below dist. */
function assets() {
	const files = ['nodes/**/*.{png,svg}', 'credentials/**/*.{png,svg}', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
	return src(files, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.build = series(clean, parallel(checkTypes, bundle, assets));
exports.default = exports.build;
