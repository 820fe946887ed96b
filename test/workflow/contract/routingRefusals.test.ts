import type { IDataObject } from 'n8n-workflow';
import { hurryPace } from '../pace';
import { byCategories, byText, INVOICE, itemWith, openStage } from '../setup';
import { FIXED_OUTPUTS } from './routingCases';

beforeAll(() => hurryPace());

const NAMES = FIXED_OUTPUTS.failureReason;
const UPLOAD = /^\/files\/upload$/;
const START = /^\/classify_runs$/;
const byFile = { ...byCategories, fileSource: 'binary', binaryFields: 'data' };

/** The failed item, and the output by which it leaves, when Extend refuses one request of the first of two documents. */
async function refuse(at: RegExp, status: number, body: object, parameters: IDataObject) {
	let isFirst = true;
	const stage = await openStage({
		runMs: 5,
		pendingMs: 0,
		onRequest: ({ method, path }) => {
			if (method !== 'POST' || !at.test(path) || !isFirst) return undefined;
			isFirst = false;
			return { kind: 'status', status, body };
		},
	});
	try {
		const items = [await itemWith(INVOICE), await itemWith(INVOICE)];
		const { outputs } = await stage.run({
			parameters: { ...parameters, routeBy: 'failureReason' },
			items,
			settings: { onError: 'continueRegularOutput' },
		});
		expect(outputs[0]).toHaveLength(1);
		const output = outputs.findIndex((found, index) => index > 0 && found.length > 0);
		return { name: NAMES[output], json: outputs[output]?.[0]?.json ?? {} };
	} finally {
		await stage.extend.close();
	}
}

describe('the public interface, a document that Extend refuses, with routeBy failureReason', () => {
	it.each<[what: string, at: RegExp, status: number, body: object, output: string, advice: RegExp]>([
		['an unsupported type', UPLOAD, 400, { code: 'FILE_TYPE_NOT_SUPPORTED', message: 'No' }, 'Bad File', /Only File Types/],
		['a damaged file', UPLOAD, 422, { code: 'CORRUPT_FILE', message: 'No' }, 'Bad File', /opens/],
		['a 400 without more', UPLOAD, 400, { code: 'INVALID_REQUEST', message: 'No' }, 'Bad File', /Only File Types/],
		['a file that is too large', UPLOAD, 413, {}, 'Bad File', /smaller/],
		['a 415', UPLOAD, 415, {}, 'Bad File', /Only File Types/],
		['no credits', UPLOAD, 402, { code: 'USAGE_BLOCKED', message: 'No' }, 'No Credits', /credits/],
		['a wrong key', UPLOAD, 401, { code: 'UNAUTHORIZED', message: 'No' }, 'Other Error', /API key/],
		['a locked file', START, 400, { code: 'PASSWORD_PROTECTED_FILE', message: 'No' }, 'Bad File', /File Password/],
		['settings it does not take', START, 400, { code: 'INVALID_CONFIG_OPTIONS', message: 'No' }, 'Bad Config', /Model Options/],
		['no credits', START, 402, { code: 'USAGE_BLOCKED' }, 'No Credits', /credits/],
		['a 400 without more', START, 400, { code: 'INVALID_REQUEST', message: 'No' }, 'Other Error', /parameters/],
	])('%s at %s with %i leaves the others alone', async (_, at, status, body, output, advice) => {
		const { name, json } = await refuse(at, status, body, byFile);
		expect(name).toBe(output);
		expect(Object.keys(json)).toEqual(['error', 'message', 'details']);
		expect(json.message).toMatch(advice);
		expect(Object.keys(json.details as object)).not.toContain('refusedAt');
	});

	it('goes by Bad File when its type is one that Extend does not take', async () => {
		const stage = await openStage({ runMs: 5, pendingMs: 0 });
		const items = [await itemWith('number\tamount', 'table.tsv', ''), await itemWith(INVOICE)];
		const { outputs } = await stage.run({
			parameters: { ...byFile, routeBy: 'failureReason' },
			items,
			settings: { onError: 'continueRegularOutput' },
		});
		await stage.extend.close();
		const [failed] = outputs[NAMES.indexOf('Bad File')] ?? [];
		expect(failed?.json).toMatchObject({ error: expect.stringContaining('table.tsv'), message: expect.stringContaining('Only File Types') });
		expect(failed?.binary?.data?.fileName).toBe('table.tsv');
		expect(outputs[0]).toHaveLength(1);
	});

	it('goes by Bad File for a link, too', async () => {
		const body = { code: 'UNABLE_TO_DOWNLOAD_FILE', message: 'No' };
		const { name, json } = await refuse(START, 400, body, { ...byText, text: INVOICE });
		expect(name).toBe('Bad File');
		expect(json.message).toContain('URL');
	});
});
