/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs a script of the project */
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../package/support/project';

/** Whoever may write everywhere runs a script as nobody, to see what others see. */
const NOBODY = { uid: 65_534, gid: 65_534 };
const FOREIGN = /^(EXTEND|N8N|npm)_|^(https?|all)_proxy$/i;

export interface Ended {
	code: number | null;
	/** Both outputs, in the order in which they came. */
	text: string;
	/** The IDs of processes that it has left behind. */
	leftBehind: number[];
}

interface StartOptions {
	env?: Record<string, string>;
	flags?: string[];
	/** The project's folder, if it is a copy. */
	root?: string;
	/** Whether it runs as somebody who may write to their own files at most. */
	isNobody?: boolean;
}

/** Runs what `npm start` runs, to its end. */
export async function runStart({ env = {}, flags = [], root = ROOT, isNobody = false }: StartOptions): Promise<Ended> {
	const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
	const mark = randomUUID();
	const user = isNobody && process.getuid?.() === 0 ? NOBODY : {};
	const child = spawn(process.execPath, [join('scripts', 'start.mjs'), ...flags], {
		cwd: root,
		env: { ...Object.fromEntries(inherited), ...env, EXTEND_TEST_MARK: mark },
		...user,
	});
	let text = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
	const code = await new Promise<number | null>((resolve) => void child.once('close', resolve));
	return { code, text, leftBehind: processesWith(`EXTEND_TEST_MARK=${mark}`) };
}

/** The IDs of processes with a variable in their environment. */
function processesWith(variable: string): number[] {
	const { stdout } = spawnSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 64 * 1_024 * 1_024 });
	return stdout.split('\n').filter((line) => line.includes(variable)).map((line) => Number.parseInt(line, 10));
}

/** Folders of a test that are removed after it. */
export class Folders {
	private readonly made: string[] = [];

	make(): string {
		const folder = mkdtempSync(join(tmpdir(), 'extend-start-'));
		chmodSync(folder, 0o755);
		this.made.push(folder);
		return folder;
	}

	/** The project as a fresh clone has it, as far as it is needed until its packages are there. */
	makeClone(): string {
		const root = this.make();
		for (const name of ['scripts', 'package.json', 'package-lock.json', '.npmrc']) cpSync(join(ROOT, name), join(root, name), { recursive: true });
		return root;
	}

	removeAll(): void {
		for (const folder of this.made.splice(0)) {
			chmodSync(folder, 0o755);
			rmSync(folder, { recursive: true, force: true });
		}
	}
}
