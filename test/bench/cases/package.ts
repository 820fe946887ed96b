import { readManifest } from '../engine/manifest';
import { runChild } from '../lib/child';
import { meet, type Encounter } from '../lib/duel';
import { count, fixed } from '../lib/format';
import type { Prepared } from '../lib/prepare';
import type { ClientName } from '../protocol';
import type { BenchContext, Case, Check, Outcome } from './types';

export const PACKAGE_TITLES = ['What', 'Figure', 'Compared with'];

const LOADS = 5;
const LOAD_BOUND_MS = 30_000;
const GET_BOUND_MS = 25 * 60_000;
const MAX_PACKED_BYTES = 120_000;
const MAX_LOAD_MS = 30;
/** Requests per second that the node begins with, whatever the limits. */
const FIRST_RATE = 10;

function failedRow(reason: string): string[] {
	return [reason, '–', '–'];
}

/** Size and load time of the package. */
export function packageCase(): Case {
	return { id: 'package', section: 'package', isHeavy: true, expectedMs: 5_000, run: async ({ place }) => await measurePackage(place), failedRow };
}

async function measurePackage(place: Prepared): Promise<Outcome> {
	const loads: number[] = [];
	for (let load = 0; load < LOADS; load++) {
		loads.push(await runChild<number>('load', place, place, { boundMs: LOAD_BOUND_MS }));
	}
	const loadMs = loads.sort((one, other) => one - other)[Math.floor(LOADS / 2)] ?? Number.NaN;
	const { dependencies = {}, n8n } = readManifest(place.packageDir);
	const dependencyCount = Object.keys(dependencies).length;
	const packed = `${fixed(place.packedBytes / 1_000, 1)} kB`;
	const loaded = `${fixed(loadMs, 1)} ms`;
	const checks: Check[] = [
		{ subject: 'Package', target: 'packed ≤ 120 kB', measured: packed, isMet: place.packedBytes <= MAX_PACKED_BYTES },
		{ subject: 'Package', target: 'no dependency', measured: count(dependencyCount), isMet: dependencyCount === 0 },
		{ subject: 'Package', target: 'all loads in ≤ 30 ms', measured: loaded, isMet: loadMs <= MAX_LOAD_MS },
	];
	const parts = `${n8n.nodes.length} node${n8n.nodes.length === 1 ? '' : 's'} and ${n8n.credentials.length} credential`;
	const rows = [
		['Packed size', packed, '120 kB at most'],
		['Dependencies', count(dependencyCount), '0'],
		[`Load time after n8n-workflow, ${parts}, median of ${LOADS}`, loaded, '30 ms at most'],
	];
	return { rows, checks };
}

/** CPU time for reading runs, beside n8n's own node. */
export function cpuCase(items: number): Case {
	return {
		id: 'cpu',
		section: 'package',
		isHeavy: false,
		expectedMs: (items / FIRST_RATE) * 1_000,
		failedRow,
		run: async (context) => {
			const ours = await read('get', items, context);
			const theirs = await read('httpGet', items, context);
			const [oursMs, theirsMs] = [ours, theirs].map(({ report }) => report.cpuMs / items);
			const share = fixed((oursMs ?? Number.NaN) / (theirsMs ?? Number.NaN), 2);
			const row = [`CPU per item, ${count(items)} \`get\` items`, `${fixed(oursMs ?? Number.NaN, 2)} ms`, `${share} × HTTP Request (${fixed(theirsMs ?? Number.NaN, 2)} ms)`];
			const messages = [ours, theirs].flatMap(({ report }) => report.messages);
			const missing = [ours, theirs].filter(({ report }) => report.finished < items).map(({ report }) => `Only ${report.finished} of ${items} items were read`);
			return { rows: [row], checks: [], notes: [...missing, ...messages] };
		},
	};
}

async function read(client: ClientName, items: number, { place }: BenchContext): Promise<Encounter> {
	const contest = { client, documents: 0, isLimited: false, runTimesMs: [], finishedRuns: items, boundMs: GET_BOUND_MS };
	return await meet(contest, place);
}
