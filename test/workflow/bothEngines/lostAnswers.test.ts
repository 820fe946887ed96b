import { runNode, type NodeRunOptions, type NodeRunResult } from '../engine';
import { byText, inBatch, INVOICE, numberedTexts, openStage, type Stage } from '../setup';
import { SPOILS, startSpoiler, type Spoiler } from '../spoiler';

let stage: Stage;
let spoiler: Spoiler;

beforeEach(async () => {
	stage = await openStage();
	spoiler = await startSpoiler(stage.extend.url);
});

afterEach(async () => {
	await spoiler.close();
	await stage.extend.close();
});

async function run(options: Omit<NodeRunOptions, 'credential'>): Promise<NodeRunResult> {
	return await runNode({ ...options, credential: { apiKey: stage.extend.apiKey, region: 'custom', baseUrl: spoiler.url } });
}

/** Spoils the first answer only that fits. */
function spoilFirst(method: string, path: RegExp, way: string): void {
	let isFirst = true;
	spoiler.spoil = (request) => {
		if (!isFirst || request.method !== method || !path.test(request.path)) return undefined;
		isFirst = false;
		return SPOILS[way];
	};
}

describe.each(Object.keys(SPOILS))('when %s,', (way) => {
	it('a start is found and its run comes out, paid once', async () => {
		spoilFirst('POST', /^\/classify_runs$/, way);
		const { json, error } = await run({ parameters: { ...byText, text: INVOICE } });
		expect([error, json[0]?.category]).toEqual([undefined, 'invoice']);
		expect(stage.extend.store.runs.size).toBe(1);
	});

	it('the runs of a batch are found and come out, paid once', async () => {
		spoilFirst('POST', /^\/classify_runs\/batch$/, way);
		const { json, error } = await run({ parameters: inBatch, items: numberedTexts(2) });
		expect([error, json.map(({ status }) => status)]).toEqual([undefined, ['PROCESSED', 'PROCESSED']]);
		expect(stage.extend.store.runs.size).toBe(2);
	});
});

it('the polls of runs are repeated, in whichever way their answers are lost', async () => {
	const ways = Object.values(SPOILS);
	let polls = 0;
	spoiler.spoil = ({ method, path }) => (method === 'GET' && /^\/classify_runs\/./.test(path) ? ways[polls++] : undefined);
	const { json, error } = await run({ parameters: { ...byText, text: '={{ $json.text }}' }, items: numberedTexts(ways.length) });
	expect([error, json.map(({ status }) => status)]).toEqual([undefined, ways.map(() => 'PROCESSED')]);
	expect(polls).toBeGreaterThan(ways.length);
});
