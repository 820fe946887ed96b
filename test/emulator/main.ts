/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startEmulator } from './emulator';
import { everyFault } from './faults/rules';
import type { EmulatorOptions, RateLimits } from './options';

/** Requests per second by plan. @see https://docs.extend.ai/2026-02-09/general/rate-limits */
const RATE_LIMITS: Record<string, RateLimits | undefined> = {
	none: undefined,
	paygo: { get: 10, write: 10, run: 10 },
	scale: { get: 25, write: 25, run: 25 },
	enterprise: { get: 75, write: 75, run: 75 },
};

const text = { type: 'string' } as const;
const FLAGS = {
	port: text,
	'run-ms': text,
	'pending-ms': text,
	'rate-limits': text,
	'files-per-minute': text,
	'api-key': { ...text, multiple: true },
	seed: text,
	faults: text,
} as const;

const count = z.string().regex(/^\d+$/, 'needs a whole number').transform(Number);
const share = z.string().regex(/^(0|1|0?\.\d+)$/, 'needs a share from 0 to 1, such as 0.2').transform(Number);

const flagsSchema = z.object({
	port: count.default('8080'),
	'run-ms': count.default('2000'),
	'pending-ms': count.default('300'),
	'rate-limits': z.enum(['none', 'paygo', 'scale', 'enterprise']).default('none'),
	'files-per-minute': count.optional(),
	'api-key': z.array(z.string().min(1)).default(['sk_test_emulator']),
	seed: count.optional(),
	faults: share.default('0'),
});

function readOptions(): Partial<EmulatorOptions> {
	const flags = flagsSchema.parse(parseArgs({ options: FLAGS }).values);
	const filesPerMinute = flags['files-per-minute'];
	return {
		port: flags.port,
		runMs: flags['run-ms'],
		pendingMs: flags['pending-ms'],
		rateLimits: RATE_LIMITS[flags['rate-limits']],
		throughput: filesPerMinute === undefined ? undefined : { filesPerMinute, excess: 'queue' },
		apiKeys: flags['api-key'],
		keepRequests: 1_000, // may run for days
		faultRules: flags.faults === 0 ? [] : everyFault(flags.faults),
		...(flags.seed === undefined ? {} : { seed: flags.seed }),
	};
}

async function main(): Promise<void> {
	const emulator = await startEmulator(readOptions());
	console.log(
		"Stand-in for Extend's API, classifies by keyword matching, not by Extend's models: " +
			`${emulator.url}, accepted test key ${emulator.apiKey}${describeFaults(emulator.options)}`,
	);
	const stop = () => void emulator.close().then(() => process.exit(0));
	process.once('SIGTERM', stop);
	process.once('SIGINT', stop);
}

/** The seed is what makes the same faults come again. */
function describeFaults({ faultRules, seed }: EmulatorOptions): string {
	return faultRules.length === 0 ? '' : `, with faults on purpose, seed ${seed}`;
}

/** One line that says what to change. */
function describe(error: unknown): string {
	if (error instanceof z.ZodError) {
		return error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; ');
	}
	const message = error instanceof Error ? error.message : String(error);
	return message.includes('EADDRINUSE') ? `${message}. Choose another port with --port.` : message;
}

main().catch((error: unknown) => {
	console.error(`The stand-in could not start: ${describe(error)}`);
	process.exit(1);
});
