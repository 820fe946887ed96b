import type { INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { ExtendError } from '../../../nodes/Extend/api/errors';
import { describeFailedItem, readError, stoppingError } from '../../../nodes/Extend/n8n/errors';

const node: INode = { id: '1', name: 'Classify', type: 'extendClassify', typeVersion: 1, position: [0, 0], parameters: {} };
const failure = (itemIndex: number) => ({ itemIndex, error: new ExtendError(`Nothing ${itemIndex}`, 'Do this.', { code: 'X' }) });

describe('readError', () => {
	it.each([undefined, null, ''])('gives advice where an error of n8n has the description %j: without one n8n takes the item for a good one', (description) => {
		const error = new NodeOperationError(node, 'No credential');
		error.description = description;
		expect(describeFailedItem({ itemIndex: 0, error: readError(error) })).toMatchObject({ error: 'No credential [item 0]', message: expect.stringMatching(/\w/) });
	});

	it('keeps the description that an error of n8n has', () => {
		expect(readError(new NodeOperationError(node, 'No credential', { description: 'Choose one.' }))).toMatchObject({ advice: 'Choose one.', facts: { code: 'N8N' } });
	});
});

describe('describeFailedItem', () => {
	it.each([
		[{ status: 404 }, 404],
		[{ runStatus: 'FAILED' }, 'FAILED'],
		[{ status: 404, runStatus: 'PROCESSING' }, 'PROCESSING'],
		[{}, null],
	])('shows the status of the run, else that of the answer, when the facts are %j', (facts, status) => {
		expect(describeFailedItem({ itemIndex: 0, error: new ExtendError('Nothing', 'Do this.', { code: 'X', ...facts }) }).details).toMatchObject({ status });
	});
});

describe('stoppingError', () => {
	const nothing = { runIds: [], batchIds: [] };

	it.each([
		[[2, 1], 3, 'Nothing 1 [item 1]', 'Do this. 2 of 3 items failed.'],
		[[1], 3, 'Nothing 1 [item 1]', 'Do this. 1 of 3 items failed.'],
		[[0, 0], 2, 'Nothing 0 [item 0]', 'Do this. 1 of 2 items failed.'],
		[[0, 1], 2, 'Nothing 0 [item 0]', 'Do this. 2 of 2 items failed.'],
		[[0], 1, 'Nothing 0 [item 0]', 'Do this.'],
		[[0, 0], 1, 'Nothing 0 [item 0]', 'Do this.'],
	])('says of items %j of %i which was the first, and how many', (indexes, itemCount, message, description) => {
		expect(stoppingError(node, indexes.map(failure), { itemCount, ...nothing })).toMatchObject({ message, description });
	});

	it('names batches and runs', () => {
		const { description } = stoppingError(node, [failure(0)], { itemCount: 1, runIds: ['clr_1', 'clr_2'], batchIds: ['bpr_1'] });
		expect(description).toBe('Do this. Batches at Extend: bpr_1. Runs at Extend: clr_1, clr_2');
	});

	const alike = (itemIndex: number, message = 'Priority is 101') => ({ itemIndex, error: new ExtendError(message, 'Do this.', { code: 'INVALID_INPUT' }) });

	it('says a cause that fails every item once, without counting', () => {
		expect(stoppingError(node, [0, 1, 2].map((item) => alike(item)), { itemCount: 3, ...nothing })).toMatchObject({
			...{ message: 'Priority is 101', description: 'Do this.' },
		});
	});

	it('counts when an item is left that did not fail', () => {
		expect(stoppingError(node, [0, 1].map((item) => alike(item)), { itemCount: 3, ...nothing }).description).toBe('Do this. 2 of 3 items failed.');
	});

	it.each([
		[{ code: 'NOT_FOUND', status: 404, requestId: 'req_1' }, 'NOT_FOUND, request req_1'],
		[{ code: 'HTTP_503', status: 503 }, 'HTTP status 503'],
	])('has code and request ID of %j in the description, not in the headline', (facts, marks) => {
		const error = new ExtendError(`Extend answered: No (${marks})`, 'Check the ID.', facts);
		const stopped = stoppingError(node, [{ itemIndex: 0, error }], { itemCount: 1, ...nothing });
		expect([stopped.message, stopped.description]).toEqual(['Extend answered: No [item 0]', `Check the ID. Extend's answer: ${marks}.`]);
		expect(describeFailedItem({ itemIndex: 0, error })).toMatchObject({ error: 'Extend answered: No [item 0]', details: { code: facts.code } });
	});
});
