/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command line tool */
import { randomInt } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clientCases } from './cases/clients';
import { cpuCase, packageCase } from './cases/package';
import { specialCases } from './cases/special';
import type { BenchContext, Case } from './cases/types';
import { uploadCase } from './cases/uploads';
import { writeDocument } from './document';
import { killAllChildren, runChild } from './lib/child';
import { prepare } from './lib/prepare';
import { runCases } from './lib/pool';
import { describeAll } from './report';

const HELP = `npm run bench                   All cases, about 25 minutes
npm run bench -- --quick        Fewer documents and smaller files, about two minutes
npm run bench -- --only <text>  Only cases whose name contains the text; may be given several times
npm run bench -- --list         The names of the cases
npm run bench -- --seed <n>     Other run times (default 1); random for another draw each time
npm run bench -- --write        Puts the result into docs/benchmarks.md`;

const FLAGS = {
	quick: { type: 'boolean', default: false },
	only: { type: 'string', multiple: true, default: [] as string[] },
	list: { type: 'boolean', default: false },
	seed: { type: 'string', default: '1' },
	write: { type: 'boolean', default: false },
	help: { type: 'boolean', default: false },
} as const;

/** Documents for every client. */
const COUNTS = [1, 20, 100, 1_000];
/** How many cases that mostly wait run at a time. */
const SIDE_BY_SIDE = { quick: 10, full: 7 };
const MINUTE_MS = 60_000;
const MAX_SEED = 2 ** 31;

function allCases(isQuick: boolean, seed: number): Case[] {
	if (isQuick) {
		return [
			...clientCases({ limited: [1, 20, 100], free: [20], seed, boundMs: 1.3 * MINUTE_MS }),
			...specialCases({ executions: 50, finished: 200, batches: [100], throughput: 0 }),
			uploadCase([64], 1),
			packageCase(),
			cpuCase(200),
		];
	}
	return [
		...clientCases({ limited: COUNTS, free: COUNTS, seed, boundMs: 15 * MINUTE_MS }),
		...specialCases({ executions: 100, finished: 10_000, batches: [100, 1_000], throughput: 1_000 }),
		uploadCase([64, 512, 2_048], 3),
		packageCase(),
		cpuCase(10_000),
	];
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: FLAGS });
	if (values.help) return console.log(HELP);
	const seed = values.seed === 'random' ? randomInt(MAX_SEED) : Number(values.seed);
	if (!Number.isSafeInteger(seed)) throw new Error(`--seed is "${values.seed}". Give a whole number.`);
	const isWanted = ({ id }: Case): boolean => values.only.length === 0 || values.only.some((text) => id.includes(text));
	const cases = allCases(values.quick, seed).filter(isWanted);
	if (values.list) return console.log(cases.map(({ id }) => id).join('\n'));
	const place = await prepare();
	try {
		const sideBySide = values.quick ? SIDE_BY_SIDE.quick : SIDE_BY_SIDE.full;
		const text = await measure(cases, { place, seed, sideBySide });
		console.log(`\n${text}`);
		if (values.write) writeDocument(text);
	} finally {
		rmSync(place.workDir, { recursive: true, force: true });
	}
}

async function measure(cases: Case[], context: BenchContext): Promise<string> {
	const { place, seed } = context;
	const stop = (): void => {
		killAllChildren();
		rmSync(place.workDir, { recursive: true, force: true });
		process.exit(1);
	};
	process.once('SIGINT', stop).once('SIGTERM', stop);
	console.log(`${cases.length} cases, seed ${seed}`);
	const finished = await runCases(cases, context, (text) => console.log(text));
	const nodeVersion = await runChild<string>('version', 'node', place, { boundMs: MINUTE_MS });
	const { version: n8nVersion } = JSON.parse(readFileSync(join(place.n8nDir, 'node_modules', 'n8n', 'package.json'), 'utf8'));
	return describeAll(finished, { seed, nodeVersion, n8nVersion });
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
