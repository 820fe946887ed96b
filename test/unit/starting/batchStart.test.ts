import { UnknownOutcome } from '../../../nodes/Extend/api/call';
import { ExtendError } from '../../../nodes/Extend/api/errors';
import type { BatchRequest } from '../../../nodes/Extend/api/types';
import type { BatchInput, BatchStartPorts } from '../../../nodes/Extend/starting/batchStart';
import { startBatch } from '../../../nodes/Extend/starting/batchStart';

const unknown = new UnknownOutcome('No answer came', 'Wait.', { code: 'NO_CONNECTION' });
const refusal = new ExtendError('No', 'Change it.', { code: 'INVALID_REQUEST', status: 422 });
const target = { classifier: { id: 'cl_1', version: '1.0' } };

const inputOf = (token: string, known: string[] = []): BatchInput => ({
	plan: { target, source: { kind: 'input', file: { id: token } }, metadata: { 'n8n:start': token }, token, looksFirst: false },
	file: { id: `file_${token}` },
	known: new Set(known),
});
const documents = [inputOf('a', ['clr_old']), inputOf('b')];

function portsOf(fault?: ExtendError, found: string[] = []) {
	const asked: { requests: BatchRequest[]; looks: unknown[] } = { requests: [], looks: [] };
	const ports: BatchStartPorts = {
		startBatch: async (request) => {
			asked.requests.push(request);
			if (fault !== undefined) throw fault;
			return await Promise.resolve({ id: 'bpr_1', status: 'PENDING', json: {} });
		},
		finder: {
			findAllFresh: async (tokens, classifierId, known) => {
				asked.looks.push([[...tokens], classifierId, [...known]]);
				return await Promise.resolve(new Map(found.map((token) => [token, { id: `clr_${token}`, status: 'PENDING', token, json: {} }])));
			},
		},
		startedBatchIds: { a: 'bpr_before' },
		startedRunIds: {},
		unansweredStarts: {},
	};
	return { ports, asked };
}

describe('startBatch', () => {
	it('sends all documents in one request and remembers the batch for each', async () => {
		const { ports, asked } = portsOf();
		expect(await startBatch({ target, priority: 7, documents }, ports)).toMatchObject({ kind: 'accepted', batch: { id: 'bpr_1' } });
		const inputs = ['a', 'b'].map((token) => ({ file: { id: `file_${token}` }, metadata: { 'n8n:start': token } }));
		expect(asked.requests).toEqual([{ ...target, inputs, priority: 7 }]);
		expect(ports.startedBatchIds).toEqual({ a: 'bpr_1', b: 'bpr_1' });
	});

	it('looks for nothing when Extend refuses, and keeps what it knew', async () => {
		const { ports, asked } = portsOf(refusal);
		expect(await startBatch({ target, documents }, ports)).toEqual({ kind: 'refused', error: refusal });
		expect([asked.looks, ports.startedBatchIds]).toEqual([[], { a: 'bpr_before' }]);
	});

	it('never sends again when there was no answer, looks for the runs once, and remembers those it finds', async () => {
		const { ports, asked } = portsOf(unknown, ['b']);
		const end = await startBatch({ target, documents }, ports);
		expect(end).toMatchObject({ kind: 'unanswered', cause: unknown });
		expect(asked.requests).toHaveLength(1);
		expect(asked.looks).toEqual([[['a', 'b'], 'cl_1', ['clr_old']]]);
		expect(ports.startedRunIds).toEqual({ b: 'clr_b' });
	});

	it('forgets an earlier batch when there was no answer, since its runs stand for the document no more', async () => {
		const { ports } = portsOf(unknown);
		await startBatch({ target, documents }, ports);
		expect(ports.startedBatchIds).toEqual({});
	});

	it('remembers the documents whose start got no answer and left no run, with the runs known before', async () => {
		const { ports } = portsOf(unknown, ['b']);
		await startBatch({ target, documents }, ports);
		expect(ports.unansweredStarts).toEqual({ a: 'clr_old' });
	});

	it('forgets that an earlier request got no answer once one is accepted', async () => {
		const { ports } = portsOf();
		ports.unansweredStarts.a = '';
		await startBatch({ target, documents }, ports);
		expect(ports.unansweredStarts).toEqual({});
	});

	it('forgets an earlier run when there was no answer, since it would hide what the request has made', async () => {
		const { ports } = portsOf(unknown);
		ports.startedRunIds.a = 'clr_old';
		await startBatch({ target, documents }, ports);
		expect(ports.startedRunIds).toEqual({});
	});
});
