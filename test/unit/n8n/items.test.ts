import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { inputError } from '../../../nodes/Extend/api/errors';
import { collectItems, type PlacedOutcome } from '../../../nodes/Extend/n8n/items';

const placed: PlacedOutcome[] = [
	{ outcome: { kind: 'failed', itemIndex: 0, error: inputError('No file', 'Check the node before.') }, output: 0 },
	{ outcome: { kind: 'item', itemIndex: 1, json: { id: 'clr_1' } }, output: 0 },
];

/** What the items are by the setting On Error of a node. */
function collect(onError: INode['onError']): INodeExecutionData[] {
	const context: Partial<IExecuteFunctions> = {
		continueOnFail: () => true,
		getInputData: () => [{ json: { n: 0 } }, { json: { n: 1 } }],
		getNode: () => ({ id: '1', name: 'Classify', type: 'extendClassify', typeVersion: 1, position: [0, 0], parameters: {}, onError }),
	};
	// Nothing more of n8n is used.
	return collectItems(context as IExecuteFunctions, placed, 1)[0] ?? [];
}

/** What n8n before 2.36 does with an item at a node with an error output: moves it if it has an `error`, as a copy. */
const moved = (item: INodeExecutionData): INodeExecutionData | undefined => (item.error ? { ...item } : undefined);

describe('collectItems', () => {
	it('gives failed items a mark by which n8n before 2.36 moves them to the error output, and which is gone then', () => {
		const [good, failed] = collect('continueErrorOutput');
		expect(good && moved(good)).toBeUndefined();
		const copy = failed && moved(failed);
		expect(copy).toEqual({
			json: { error: 'No file [item 0]', message: 'Check the node before.', details: expect.objectContaining({ itemIndex: 0 }) },
			pairedItem: { item: 0 },
		});
		expect(copy).not.toHaveProperty('error');
	});

	it('gives them no mark where they stay, since n8n would put it in the place of their json', () => {
		expect(collect('continueRegularOutput').map((item) => item.error)).toEqual([undefined, undefined]);
	});
});
