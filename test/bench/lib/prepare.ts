/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- prepares files and processes */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { buildPackage, packPackage, unpackPackage } from '../../../scripts/lib/communityPackage.mjs';
import { ensureN8n } from '../../../scripts/lib/install.mjs';
import { demoPaths, projectRoot } from '../../../scripts/lib/paths.mjs';
import { readDemoDir } from '../../../scripts/lib/settings.mjs';
import type { Place } from './child';

/** What the build and the pack read. */
const SOURCES = ['nodes', 'credentials', 'package.json', 'tsconfig.json', 'gulpfile.js', 'README.md', 'LICENSE'];
/** What runs in processes of its own, compiled so that no loader adds to its time and memory. */
const WORKER_SOURCES = ['test/bench', 'test/emulator'];
const COMPILER_OPTIONS = { module: ModuleKind.Node16, target: ScriptTarget.ES2022, esModuleInterop: true };

export interface Prepared extends Place {
	/** The package as it would be published, packed. */
	packedBytes: number;
}

/** n8n, the package built and packed from a copy of the sources, and the compiled workers; all below a new folder. */
export async function prepare(): Promise<Prepared> {
	const paths = demoPaths(readDemoDir(process.env));
	mkdirSync(paths.logs, { recursive: true });
	const { nodePath } = await ensureN8n(paths);
	const workDir = mkdtempSync(join(tmpdir(), 'extend-bench-'));
	const root = join(workDir, 'project');
	const packageDir = join(workDir, 'package');
	const logs = join(workDir, 'logs');
	copySources(root);
	await buildPackage(root, logs);
	const tarball = await packPackage({ root, target: workDir, logs });
	mkdirSync(packageDir);
	await unpackPackage({ tarball, target: packageDir, logs });
	compileWorkers(root);
	const workersDir = join(root, 'test', 'bench', 'workers');
	return { nodePath, n8nDir: paths.dir, packageDir, workDir, workersDir, packedBytes: statSync(tarball).size };
}

function copySources(root: string): void {
	mkdirSync(root);
	for (const name of SOURCES.filter((source) => existsSync(join(projectRoot, source)))) {
		cpSync(join(projectRoot, name), join(root, name), { recursive: true });
	}
	symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
}

function compileWorkers(root: string): void {
	for (const folder of WORKER_SOURCES) {
		const target = join(root, folder);
		cpSync(join(projectRoot, folder), target, { recursive: true });
		for (const file of readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
			const path = join(target, file);
			const { outputText } = transpileModule(readFileSync(path, 'utf8'), { compilerOptions: COMPILER_OPTIONS, fileName: path });
			writeFileSync(path.replace(/\.ts$/, '.js'), outputText);
		}
	}
}
