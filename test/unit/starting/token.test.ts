import { isUnique, tokenForKey, tokenForPurpose } from '../../../nodes/Extend/starting/token';

const purpose = {
	instanceId: 'instance',
	workflowId: 'workflow',
	executionId: '17',
	nodeId: 'node',
	runIndex: 0,
	itemIndex: 1,
	document: '',
};

describe('tokenForPurpose', () => {
	it('is the same when the purpose is the same', () => {
		expect(tokenForPurpose({ ...purpose })).toBe(tokenForPurpose(purpose));
	});

	it('is short, plain text that says what it stands for', () => {
		expect(tokenForPurpose(purpose)).toMatch(/^run:[0-9a-f]{32}$/);
	});

	it.each([
		{ instanceId: 'x' },
		{ workflowId: 'x' },
		{ executionId: '18' },
		{ nodeId: 'x' },
		{ runIndex: 1 },
		{ itemIndex: 0 },
		{ document: 'data' },
	])('differs when the purpose differs in %j', (change) => {
		expect(tokenForPurpose({ ...purpose, ...change })).not.toBe(tokenForPurpose(purpose));
	});

	it('differs when the same signs fall into other fields', () => {
		expect(tokenForPurpose({ ...purpose, workflowId: 'ab', executionId: 'c' })).not.toBe(
			tokenForPurpose({ ...purpose, workflowId: 'a', executionId: 'bc' }),
		);
		expect(tokenForPurpose({ ...purpose, runIndex: 1, itemIndex: 11 })).not.toBe(tokenForPurpose({ ...purpose, runIndex: 11, itemIndex: 1 }));
	});
});

describe('isUnique', () => {
	it('is true for the token of one node run, and false for that of a key, which anybody may use', () => {
		expect([isUnique(tokenForPurpose(purpose)), isUnique(tokenForKey('run:', 'run:'))]).toEqual([true, false]);
	});
});

describe('tokenForKey', () => {
	it('is the same in every execution', () => {
		expect(tokenForKey('mail-1', '')).toBe(tokenForKey('mail-1', ''));
		expect(tokenForKey('mail-1', '')).toMatch(/^key:[0-9a-f]{32}$/);
	});

	it.each([
		['mail-2', ''],
		['mail-1', 'data'],
		['', 'mail-1'],
	])('differs when key and document are %j and %j', (key, document) => {
		expect(tokenForKey(key, document)).not.toBe(tokenForKey('mail-1', ''));
	});
});
