/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- prepares files and processes */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import type { Place } from './child';

const ROOT = join(__dirname, '..', '..', '..');
/** What the build and the pack read. */
const SOURCES = ['nodes', 'credentials', 'package.json', 'tsconfig.json', 'gulpfile.js', 'README.md', 'LICENSE'];
/** What runs in processes of its own, compiled so that no loader adds to its time and memory. */
const WORKER_SOURCES = ['test/bench', 'test/emulator'];
const COMPILER_OPTIONS = { module: ModuleKind.Node16, target: ScriptTarget.ES2022, esModuleInterop: true };

/** The parts of the project's start script that install n8n and build the package. */
interface Scripts {
	demoPaths: (folder: string) => { dir: string; logs: string };
	ensureN8n: (paths: ReturnType<Scripts['demoPaths']>) => Promise<{ nodePath: string }>;
	buildPackage: (root: string, logs: string) => Promise<void>;
	packPackage: (folders: { root: string; target: string; logs: string }) => Promise<string>;
	unpackPackage: (place: { tarball: string; target: string; logs: string }) => Promise<void>;
}

async function loadScripts(): Promise<Scripts> {
	const load = async (name: string): Promise<object> => await import(pathToFileURL(join(ROOT, 'scripts', 'lib', `${name}.mjs`)).href);
	const modules = await Promise.all(['paths', 'install', 'communityPackage'].map(load));
	// The scripts are JavaScript; these are the functions they document.
	return Object.assign({}, ...modules) as Scripts;
}

export interface Prepared extends Place {
	/** The package as it would be published, packed. */
	packedBytes: number;
}

/** n8n, the package built and packed from a copy of the sources, and the compiled workers; all below a new folder. */
export async function prepare(): Promise<Prepared> {
	const scripts = await loadScripts();
	const paths = scripts.demoPaths(process.env.EXTEND_DEMO_DIR?.trim() || '.n8n');
	mkdirSync(paths.logs, { recursive: true });
	const { nodePath } = await scripts.ensureN8n(paths);
	const workDir = mkdtempSync(join(tmpdir(), 'extend-bench-'));
	const root = join(workDir, 'project');
	const packageDir = join(workDir, 'package');
	const logs = join(workDir, 'logs');
	copySources(root);
	await scripts.buildPackage(root, logs);
	const tarball = await scripts.packPackage({ root, target: workDir, logs });
	mkdirSync(packageDir);
	await scripts.unpackPackage({ tarball, target: packageDir, logs });
	compileWorkers(root);
	const workersDir = join(root, 'test', 'bench', 'workers');
	return { nodePath, n8nDir: paths.dir, packageDir, workDir, workersDir, packedBytes: statSync(tarball).size };
}

function copySources(root: string): void {
	mkdirSync(root);
	for (const name of SOURCES.filter((source) => existsSync(join(ROOT, source)))) {
		cpSync(join(ROOT, name), join(root, name), { recursive: true });
	}
	symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
}

function compileWorkers(root: string): void {
	for (const folder of WORKER_SOURCES) {
		const target = join(root, folder);
		cpSync(join(ROOT, folder), target, { recursive: true });
		for (const file of readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
			const path = join(target, file);
			const { outputText } = transpileModule(readFileSync(path, 'utf8'), { compilerOptions: COMPILER_OPTIONS, fileName: path });
			writeFileSync(path.replace(/\.ts$/, '.js'), outputText);
		}
	}
}
