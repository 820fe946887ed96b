/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- changes a copy of the SDK and runs the command on it */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../package.json';
import { COVERS } from './coverage';
import { findDifferences } from './differences';
import { describeGap, findGaps } from './gaps';
import { INSTALLED_SDK, readKnown, readSdk } from './snapshot';
import { TOPICS } from './topics';

const known = readKnown();
const files = ['package.json', ...TOPICS.map(({ source }) => source.file)];
/** A copy of those files of the SDK that are read. */
let copy: string;

beforeEach(() => {
	copy = mkdtempSync(join(tmpdir(), 'extend-sdk-'));
	for (const file of files) cpSync(join(INSTALLED_SDK, file), join(copy, file), { recursive: true });
});

afterEach(() => rmSync(copy, { recursive: true, force: true }));

/** Replaces a text in a file of the copy, which must hold it. */
function change(file: string, before: string, after: string): void {
	const text = readFileSync(join(copy, file), 'utf8');
	expect(text).toContain(before);
	writeFileSync(join(copy, file), text.replace(before, after));
}

function runCommand(...flags: string[]): { status: number | null; output: string } {
	const args = ['--import', 'tsx', join(__dirname, 'main.ts'), ...flags];
	const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
	return { status, output: `${stdout}${stderr}` };
}

describe('what is recorded of Extend\'s types', () => {
	it('is what the installed SDK declares', () => {
		expect(findDifferences(known, readSdk(INSTALLED_SDK))).toEqual([]);
		expect(known.sdk).toBe(manifest.devDependencies['extend-ai']);
	});

	it('has something on every topic, and on no other', () => {
		expect(Object.keys(known.topics)).toEqual(TOPICS.map(({ name }) => name));
		expect(Object.entries(known.topics).filter(([, entries]) => entries.length === 0)).toEqual([]);
	});

	it('has a place in our code, entry by entry, or a note why not', () => {
		expect(findGaps(known).map(describeGap)).toEqual([]);
		expect(Object.keys(COVERS).filter((topic) => !(topic in known.topics))).toEqual([]);
	});
});

describe('findDifferences', () => {
	const changes: Array<[what: string, file: string, before: string, after: string, expected: object]> = [
		['a status', 'api/types/ProcessorRunStatus.d.ts', 'readonly Failed:', 'readonly Paused: "PAUSED"; readonly Failed:',
			{ topic: 'statuses of a run', added: ['PAUSED'], removed: [] }],
		['a failure reason', 'api/types/ClassifyRun.d.ts', '* * `ABORTED` -', '* * `TOO_LARGE` - Too large\n     * * `ABORTED` -',
			{ topic: 'failure reasons', added: ['TOO_LARGE'], removed: [] }],
		['a field', 'api/types/ClassifyRun.d.ts', 'reviewed: boolean;', 'reviewed: boolean;\n    language?: string;',
			{ topic: 'fields of a run', added: ['language?: string'], removed: [] }],
		['a field that can be null', 'api/types/ClassifyOutput.d.ts', 'confidence: number;', 'confidence: number | null;',
			{ topic: 'fields of a result', added: ['confidence: number | null'], removed: ['confidence: number'] }],
		['an event', 'api/types/WebhookEndpointEventType.d.ts', 'readonly ClassifyRunFailed:', 'readonly X: "classify_run.cancelled"; readonly ClassifyRunFailed:',
			{ topic: 'events of endpoints', added: ['classify_run.cancelled'], removed: [] }],
		['a setting', 'api/types/ClassifyConfig.d.ts', 'baseVersion?: string;', 'baseVersion?: string; language?: string;',
			{ topic: 'settings of a classification', added: ['language?: string'], removed: [] }],
		['another version of the API', 'BaseClient.js', '"2026-02-09"', '"2027-01-01"',
			{ topic: 'version of the API', added: ['2027-01-01'], removed: ['2026-02-09'] }],
		['a kind of refusal', 'api/errors/NotFoundError.js', 'statusCode: 404', 'statusCode: 409',
			{ topic: 'statuses of refusals', added: ['409'], removed: ['404'] }],
		['a call', 'api/resources/batchRuns/client/Client.d.ts', '    get(', '    cancel(id: string): void;\n    get(',
			{ topic: 'calls of batchRuns', added: ['cancel'], removed: [] }],
	];

	it.each(changes)('shows %s that is new in the SDK', (_what, file, before, after, expected) => {
		change(file, before, after);
		expect(findDifferences(known, readSdk(copy))).toEqual([expect.objectContaining(expected)]);
	});

	it('shows all entries as gone when the SDK no longer has the type', () => {
		rmSync(join(copy, 'api/types/FileType.d.ts'));
		const [difference] = findDifferences(known, readSdk(copy));
		expect(difference).toMatchObject({ topic: 'types of files', added: [], removed: known.topics['types of files'] });
	});
});

describe('findGaps', () => {
	const knowing = (topic: string, ...entries: string[]) => ({ ...known, topics: { ...known.topics, [topic]: [...(known.topics[topic] ?? []), ...entries] } });

	it.each([
		['statuses of a run', 'PAUSED', 'PAUSED'],
		['failure reasons', 'TOO_LARGE', 'TOO_LARGE'],
		['fields of a run', 'language: string', 'language'],
		['fields of a refusal', 'hint?: string', 'hint'],
		['settings of a classification', 'language?: string', 'language'],
		['base processors', 'classification_best', 'classification_best'],
		['sources of runs', 'EMAIL', 'EMAIL'],
		['events of endpoints', 'classify_run.cancelled', 'classify_run.cancelled'],
		['events of subscriptions', 'classify_run.reviewed', 'classify_run.reviewed'],
		['filters of the list of runs', 'createdAfter?: string', 'createdAfter'],
	])('finds an entry of %s that our code does not know', (topic, declared, entry) => {
		expect(findGaps(knowing(topic, declared))).toEqual([expect.objectContaining({ topic, entry })]);
	});

	it('finds notes on entries that are gone, or used after all', () => {
		const leftOut = { 'statuses of a run': { PROCESSED: 'not needed', PAUSED: 'unknown' } };
		const gaps = findGaps(known, { 'statuses of a run': (entry) => entry === 'PROCESSED' || entry !== 'PAUSED' }, leftOut);
		expect(gaps.map(({ entry }) => entry)).toEqual(['PROCESSED', 'PAUSED']);
	});
});

describe('npm run check:api', () => {
	it('succeeds on the installed SDK', () => {
		expect(runCommand()).toEqual({ status: 0, output: expect.stringContaining(`SDK ${known.sdk} declares what our code knows`) });
	});

	it('names what is new and where to look, and does not succeed', () => {
		change('api/types/ProcessorRunStatus.d.ts', 'readonly Failed: "FAILED"', 'readonly Failed: "BROKEN"');
		change('package.json', `"version": "${known.sdk}"`, '"version": "9.9.9"');
		const { status, output } = runCommand('--sdk', copy);
		expect(status).toBe(1);
		expect(output).toContain(`Extend's SDK 9.9.9 differs from what is recorded of ${known.sdk}`);
		expect(output).toMatch(/statuses of a run\n {2}- FAILED\n {2}\+ BROKEN\n {2}Look at runs\/status\.ts/);
	});

	it('says so when there is no SDK', () => {
		const { status, output } = runCommand('--sdk', join(copy, 'nowhere'));
		expect([status, output]).toEqual([1, expect.stringMatching(/^The types could not be compared: .*package\.json/)]);
	});
});
