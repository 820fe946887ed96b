import {
	canBeShared,
	classifierIdOf,
	isSharedByExecutions,
	startKeyForContent,
	startKeyForIdempotencyKey,
	startKeyForItem,
	startKeyForToolCall,
} from '../../../nodes/Extend/starting/startKey';

const node = { instanceId: 'instance', workflowId: 'workflow', executionId: '17', nodeId: 'node' };
const place = { ...node, runIndex: 0, itemIndex: 1, document: '' };
const target = { classifier: { id: 'cl_1', version: '1.0' } };

describe('startKeyForItem', () => {
	it('is the same when the document is the same, and short plain text', () => {
		expect(startKeyForItem({ ...place })).toBe(startKeyForItem(place));
		expect(startKeyForItem(place)).toMatch(/^run:[0-9a-f]{32}$/);
	});

	it.each([{ instanceId: 'x' }, { workflowId: 'x' }, { executionId: '18' }, { nodeId: 'x' }, { runIndex: 1 }, { itemIndex: 0 }, { document: 'data' }])(
		'differs when the document differs in %j',
		(change) => {
			expect(startKeyForItem({ ...place, ...change })).not.toBe(startKeyForItem(place));
		},
	);

	it('differs when the same signs fall into other fields', () => {
		expect(startKeyForItem({ ...place, workflowId: 'ab', executionId: 'c' })).not.toBe(startKeyForItem({ ...place, workflowId: 'a', executionId: 'bc' }));
		expect(startKeyForItem({ ...place, runIndex: 1, itemIndex: 11 })).not.toBe(startKeyForItem({ ...place, runIndex: 11, itemIndex: 1 }));
	});
});

describe('startKeyForToolCall', () => {
	it('is the same for equal calls of one execution, whichever item they are', () => {
		expect(startKeyForToolCall({ ...place, itemIndex: 7 } as typeof node, 'hash', target)).toBe(startKeyForToolCall(node, 'hash', target));
		expect(startKeyForToolCall(node, 'hash', target)).toMatch(/^call:[0-9a-f]{32}$/);
	});

	it('differs for another execution, document or classifier', () => {
		const calls = [
			startKeyForToolCall(node, 'hash', target),
			startKeyForToolCall({ ...node, executionId: '18' }, 'hash', target),
			startKeyForToolCall(node, 'other', target),
			startKeyForToolCall(node, 'hash', { classifier: { id: 'cl_1' } }),
		];
		expect(new Set(calls).size).toBe(calls.length);
	});
});

describe('startKeyForIdempotencyKey', () => {
	it('is the same in every execution, whatever the version of the classifier', () => {
		expect(startKeyForIdempotencyKey('mail-1', '', target)).toBe(startKeyForIdempotencyKey('mail-1', '', { classifier: { id: 'cl_1' } }));
		expect(startKeyForIdempotencyKey('mail-1', '', target)).toMatch(/^key:[0-9a-f]{32}$/);
	});

	it('differs for another key, document or classifier', () => {
		const keys = [
			startKeyForIdempotencyKey('mail-1', '', target),
			startKeyForIdempotencyKey('mail-2', '', target),
			startKeyForIdempotencyKey('mail-1', 'data', target),
			startKeyForIdempotencyKey('', 'mail-1', target),
			startKeyForIdempotencyKey('mail-1', '', { classifier: { id: 'cl_2' } }),
			startKeyForIdempotencyKey('mail-1', '', { config: {} }),
		];
		expect(new Set(keys).size).toBe(keys.length);
	});
});

describe('startKeyForContent', () => {
	it('is the same for the same content that is classified in the same way', () => {
		expect(startKeyForContent('hash', target)).toBe(startKeyForContent('hash', { classifier: { id: 'cl_1', version: '1.0' } }));
		expect(startKeyForContent('hash', target)).toMatch(/^doc:[0-9a-f]{32}$/);
	});

	it('differs for other content, another version and other categories', () => {
		const keys = [
			startKeyForContent('hash', target),
			startKeyForContent('other', target),
			startKeyForContent('hash', { classifier: { id: 'cl_1', version: '2.0' } }),
			startKeyForContent('hash', { config: { a: 1 } }),
			startKeyForContent('hash', { config: { a: 2 } }),
		];
		expect(new Set(keys).size).toBe(keys.length);
	});
});

describe('who can have the same start key', () => {
	it.each([
		[startKeyForItem(place), false, false],
		[startKeyForToolCall(node, 'hash', target), true, false],
		[startKeyForIdempotencyKey('mail-1', '', target), true, true],
		[startKeyForContent('hash', target), true, true],
	])('is told by its prefix: %s', (startKey, byDocuments, byExecutions) => {
		expect([canBeShared(startKey), isSharedByExecutions(startKey)]).toEqual([byDocuments, byExecutions]);
	});
});

describe('classifierIdOf', () => {
	it('gives the saved classifier where there is one', () => {
		expect([classifierIdOf(target), classifierIdOf({ config: {} })]).toEqual(['cl_1', undefined]);
	});
});
