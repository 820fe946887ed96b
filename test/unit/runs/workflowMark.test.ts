import { WORKFLOW_KEY, workflowMarkOf } from '../../../nodes/Extend/runs/workflowMark';

describe('workflowMarkOf', () => {
	it('is the same twelve hex digits for the same workflow, in every version of this package', () => {
		expect(workflowMarkOf({ instanceId: 'instance', workflowId: 'workflow' })).toBe('6fe5b6257593');
	});

	it('differs between workflows, and between n8n instances', () => {
		const identities = [['a', 'b'], ['a', 'c'], ['c', 'b'], ['b', 'a'], ['ab', ''], ['', 'ab']];
		const marks = identities.map(([instanceId = '', workflowId = '']) => workflowMarkOf({ instanceId, workflowId }));
		expect(new Set(marks).size).toBe(identities.length);
		expect(marks.filter((mark) => !/^[0-9a-f]{12}$/.test(mark))).toEqual([]);
	});

	it('stands in a run\'s metadata under a key of this package', () => {
		expect(WORKFLOW_KEY).toBe('n8n:workflow');
	});
});
