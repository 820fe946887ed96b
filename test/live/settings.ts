/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the command line */
import { parseArgs } from 'node:util';
import type { Connection } from './lab/http';
import type { LabSettings } from './lab/lab';

export const HELP = `npm run check:live -- --yes              Asks the real API what is written down nowhere, and compares with the stand-in
npm run check:live -- --max-credits <n>  The same, and never more than so many credits
npm run check:live                       What it would ask, and what it would cost at most

Use a key of Extend's test environment. Whatever is made is removed at the end.

  --only <text>, --skip <text>  Questions by topic or name, such as runs or throughput; may be given several times
  --report <file>               Where the answers are written (default .artifacts/check-live.md)
  --record <file>               Where a record for docs/live-checks.md is written (default .artifacts/check-live-record.md)
  --upload-mb <n>               Size of the largest upload that is tried (default 64)
  --throughput <n>              Documents started in a row to find the throughput (default 100)
  --burst <n>                   Requests at once to find a limit (default 120); for a second others are held up too
  --poll-ms <n>, --patience-s <n>  Time between two looks at a run (default 1000) and longest wait for it (default 600)

Environment variables:
  EXTEND_API_KEY       the key; it is never shown
  EXTEND_REGION        us (default), us2 or eu
  EXTEND_BASE_URL      another address, in place of a region
  EXTEND_WORKSPACE_ID  with a key of a whole organization`;

/** @see https://docs.extend.ai/2026-02-09/api-reference/deployments */
const DEPLOYMENTS: Record<string, string> = {
	us: 'https://api.extend.ai',
	us2: 'https://api.us2.extend.app',
	eu: 'https://api.eu1.extend.ai',
};

/** The region of a base URL; `custom` for any other. */
export function regionOf(baseUrl: string): string {
	return Object.keys(DEPLOYMENTS).find((region) => DEPLOYMENTS[region] === baseUrl) ?? 'custom';
}

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true, default: [] as string[] } as const;

const FLAGS = {
	yes: { type: 'boolean', default: false },
	help: { type: 'boolean', default: false },
	'max-credits': text,
	only: texts,
	skip: texts,
	report: { ...text, default: '.artifacts/check-live.md' },
	record: { ...text, default: '.artifacts/check-live-record.md' },
	'upload-mb': { ...text, default: '64' },
	throughput: { ...text, default: '100' },
	burst: { ...text, default: '120' },
	'poll-ms': { ...text, default: '1000' },
	'patience-s': { ...text, default: '600' },
} as const;

export interface Flags {
	isHelp: boolean;
	isAllowed: boolean;
	/** Undefined when what everything costs is the bound. */
	maxCredits?: number;
	only: string[];
	skip: string[];
	report: string;
	record: string;
	lab: Omit<LabSettings, 'otherDeployments'>;
}

/** @throws Error that says what to write instead */
export function readFlags(args: string[]): Flags {
	const { values } = parseArgs({ args, options: FLAGS });
	const given = values['max-credits'];
	return {
		isHelp: values.help,
		isAllowed: values.yes || given !== undefined,
		maxCredits: given === undefined ? undefined : numberOf('--max-credits', given, 0),
		only: values.only,
		skip: values.skip,
		report: values.report,
		record: values.record,
		lab: {
			uploadMb: numberOf('--upload-mb', values['upload-mb'], 1),
			throughputFiles: numberOf('--throughput', values.throughput, 1),
			burst: numberOf('--burst', values.burst, 1),
			pollMs: numberOf('--poll-ms', values['poll-ms'], 1),
			retryTimeoutMs: numberOf('--patience-s', values['patience-s'], 1) * 1_000,
		},
	};
}

function numberOf(flag: string, given: string, least: number): number {
	const number = Number(given);
	if (given.trim() !== '' && Number.isFinite(number) && number >= least) return number;
	throw new Error(`${flag} is "${given}". Give a number of at least ${least}.`);
}

/** @throws Error that says what to set */
export function readConnection(env: NodeJS.ProcessEnv): Connection & { otherDeployments: string[] } {
	const read = (name: string) => env[name]?.trim() || undefined;
	const apiKey = read('EXTEND_API_KEY');
	if (apiKey === undefined) throw new Error("EXTEND_API_KEY is not set. Give it a key of Extend's test environment.");
	const workspaceId = read('EXTEND_WORKSPACE_ID');
	const own = read('EXTEND_BASE_URL')?.replace(/\/+$/, '');
	if (own !== undefined) return { apiKey, workspaceId, baseUrl: own, otherDeployments: [] };
	const region = read('EXTEND_REGION') ?? 'us';
	const baseUrl = DEPLOYMENTS[region];
	if (baseUrl === undefined) throw new Error(`EXTEND_REGION is "${region}". Give one of ${Object.keys(DEPLOYMENTS).join(', ')}.`);
	return { apiKey, workspaceId, baseUrl, otherDeployments: Object.values(DEPLOYMENTS).filter((each) => each !== baseUrl) };
}
