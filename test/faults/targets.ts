import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { byCategories, byText, inBatch, INVOICE, itemWith, SAVED, type Stage } from '../workflow/setup';

/** What a node run is given. */
interface Given {
	parameters: IDataObject;
	items?: INodeExecutionData[];
}

/** A request of an operation that a fault can meet. */
export interface Target {
	/** Of operation and request, for the test's name. */
	name: string;
	method: string;
	path: RegExp;
	/** `start` requests must never be repeated blindly, `batch` ones not at all once they may have acted; the others may be. */
	kind: 'start' | 'batch' | 'upload' | 'read' | 'look' | 'batchList' | 'batchLook' | 'change';
	/** Brings about what the operation needs, and gives what it is run with. */
	prepare: (stage: Stage) => Promise<Given>;
	/** The item that comes out in the end. */
	gives: IDataObject;
	/** Answers it puts up with as if nothing had been, by status. */
	putsUpWith?: number;
}

const ONE_RUN = /^\/classify_runs\/[^/]+$/;
const ALL_RUNS = /^\/classify_runs$/;
const UPLOAD = /^\/files\/upload$/;
const START_BATCH = /^\/classify_runs\/batch$/;
const ONE_BATCH = /^\/batch_runs\/[^/]+$/;
const ONE_FILE = /^\/files\/file_[^/]+$/;
const classified = { status: 'PROCESSED', category: 'invoice' };
const text = { ...byText, text: INVOICE };

/** ID of a run that was started before. */
async function startRun(stage: Stage): Promise<string> {
	const { json } = await stage.run({ parameters: { ...text, operation: 'start' } });
	return String(json[0]?.id);
}

async function uploadFile(stage: Stage): Promise<string> {
	const { json } = await stage.run({ parameters: { resource: 'file', operation: 'upload' }, items: [await itemWith(INVOICE)] });
	return String(json[0]?.id);
}

async function ofRun(stage: Stage, parameters: IDataObject): Promise<Given> {
	return { parameters: { ...parameters, runId: await startRun(stage) } };
}

/** Two documents of a batch. */
function ofTexts(operation: string): Given {
	return { parameters: { ...inBatch, operation }, items: [INVOICE, `${INVOICE} two`].map((each) => ({ json: { text: each } })) };
}

async function ofBatch(stage: Stage, operation: string): Promise<Given> {
	const { json } = await stage.run(ofTexts('start'));
	return { parameters: { resource: 'batchRun', operation, batchId: String(json[0]?.batchId) } };
}

async function ofDocument(parameters: IDataObject): Promise<Given> {
	return { parameters, items: [await itemWith(INVOICE)] };
}

/** Every operation with every request it makes. */
export const TARGETS: Target[] = [
	{ name: 'Classify and Wait, its upload', method: 'POST', path: UPLOAD, kind: 'upload', prepare: async () => await ofDocument(byCategories), gives: classified },
	{ name: 'Classify and Wait, its start', method: 'POST', path: ALL_RUNS, kind: 'start', prepare: async () => await ofDocument({ classifier: SAVED }), gives: classified },
	{ name: 'Classify and Wait, its look', method: 'GET', path: ONE_RUN, kind: 'look', prepare: async () => await ofDocument(byCategories), gives: classified },
	{
		name: 'Classify and Wait, its look for an earlier try', method: 'GET', path: ALL_RUNS, kind: 'read', gives: classified,
		prepare: async () => await ofDocument({ ...byCategories, options: { idempotencyKey: 'mail-1' } }),
	},
	{ name: 'Start', method: 'POST', path: ALL_RUNS, kind: 'start', prepare: async () => await ofDocument({ ...byCategories, operation: 'start' }), gives: { status: expect.any(String) } },
	{ name: 'Get', method: 'GET', path: ONE_RUN, kind: 'read', prepare: async (stage) => await ofRun(stage, { operation: 'get' }), gives: { id: expect.any(String) } },
	{ name: 'Wait for Completion', method: 'GET', path: ONE_RUN, kind: 'look', prepare: async (stage) => await ofRun(stage, { operation: 'waitForCompletion' }), gives: classified },
	{ name: 'Get Many, its list', method: 'GET', path: ALL_RUNS, kind: 'read', prepare: async (stage) => await ofRun(stage, { operation: 'getMany' }), gives: { id: expect.any(String) } },
	{
		name: 'Get Many, its runs in full', method: 'GET', path: ONE_RUN, kind: 'read', gives: { id: expect.any(String) }, putsUpWith: 404,
		prepare: async (stage) => await ofRun(stage, { operation: 'getMany', includeOutput: true }),
	},
	{
		name: 'Cancel', method: 'POST', path: /\/cancel$/, kind: 'change', gives: { status: 'CANCELLED' },
		prepare: async (stage) => {
			Object.assign(stage.extend.options, { runMs: 600_000, pendingMs: 0 });
			return await ofRun(stage, { operation: 'cancel' });
		},
	},
	{ name: 'Delete', method: 'DELETE', path: ONE_RUN, kind: 'change', prepare: async (stage) => await ofRun(stage, { operation: 'delete' }), gives: { deleted: true } },
	{ name: 'Batch Run: Start', method: 'POST', path: START_BATCH, kind: 'batch', prepare: async () => ofTexts('start'), gives: { batchId: expect.any(String) } },
	{ name: 'Batch Run: Classify and Wait, its start', method: 'POST', path: START_BATCH, kind: 'batch', prepare: async () => ofTexts('classify'), gives: classified },
	{
		name: 'Batch Run: Classify and Wait, its look for an earlier try', method: 'GET', path: ALL_RUNS, kind: 'batchList', gives: classified,
		prepare: async () => {
			const { parameters, items } = ofTexts('classify');
			return { parameters: { ...parameters, options: { idempotencyKey: '={{ $json.text }}' } }, items };
		},
	},
	{ name: 'Batch Run: Get', method: 'GET', path: ONE_BATCH, kind: 'read', prepare: async (stage) => await ofBatch(stage, 'get'), gives: { batchId: expect.any(String) } },
	{ name: 'Batch Run: Wait for Completion, its list', method: 'GET', path: ALL_RUNS, kind: 'batchList', prepare: async (stage) => await ofBatch(stage, 'waitForCompletion'), gives: classified },
	{ name: 'Batch Run: Wait for Completion, its look', method: 'GET', path: ONE_RUN, kind: 'batchLook', prepare: async (stage) => await ofBatch(stage, 'waitForCompletion'), gives: classified },
	{ name: 'Classifier: Get', method: 'GET', path: /^\/classifiers\/[^/]+$/, kind: 'read', prepare: async () => ({ parameters: { resource: 'classifier', operation: 'get', classifier: SAVED } }), gives: { name: 'Inbound mail' } },
	{ name: 'Classifier: Get Many', method: 'GET', path: /^\/classifiers$/, kind: 'read', prepare: async () => ({ parameters: { resource: 'classifier', operation: 'getMany', limit: 1 } }), gives: { id: expect.any(String) } },
	{ name: 'File: Upload', method: 'POST', path: UPLOAD, kind: 'upload', prepare: async () => await ofDocument({ resource: 'file', operation: 'upload' }), gives: { name: 'invoice.txt' } },
	{
		name: 'File: Get', method: 'GET', path: ONE_FILE, kind: 'read', gives: { name: 'invoice.txt' },
		prepare: async (stage) => ({ parameters: { resource: 'file', operation: 'get', fileId: await uploadFile(stage) } }),
	},
	{
		name: 'File: Delete', method: 'DELETE', path: ONE_FILE, kind: 'change', gives: { deleted: true },
		prepare: async (stage) => ({ parameters: { resource: 'file', operation: 'delete', fileId: await uploadFile(stage) } }),
	},
];
