import type { JsonObject } from '../../../nodes/Extend/api/json';
import type { Run } from '../../../nodes/Extend/api/types';
import type { Route, RouteBy } from '../../../nodes/Extend/routing/route';
import { outputIndex, routeRun } from '../../../nodes/Extend/routing/route';

const runOf = (status: string, json: JsonObject = {}): Run => ({ id: 'clr_1', status, json });
const invoice = runOf('PROCESSED', { output: { id: 'invoice', confidence: 0.9 } });
const doubtful = runOf('PROCESSED', { output: { id: 'invoice', confidence: 0.1 } });
const failed = runOf('FAILED', { failureReason: 'OUT_OF_CREDITS' });
const to = (output: string) => ({ kind: 'fixed', output });

describe('routeRun, to the letter', () => {
	it.each<[RouteBy, Run | undefined, string[], object]>([
		['none', invoice, [], { kind: 'whole' }],
		['none', undefined, [], { kind: 'whole' }],
		['status', invoice, [], to('Processed')],
		['status', undefined, [], to('Unfinished')],
		['failureReason', failed, [], to('No Credits')],
		['failureReason', undefined, [], to('Unfinished')],
		['confidence', invoice, [], to('Classified')],
		['confidence', doubtful, [], to('Review')],
		['confidence', undefined, [], to('No Result')],
		['category', invoice, ['invoice'], { kind: 'category', category: 'invoice' }],
		['category', invoice, ['contract'], to('Other')],
		['category', doubtful, ['invoice'], to('Review')],
		['category', failed, ['invoice'], to('No Result')],
	])('by %s: %j with the categories %j', (by, run, categories, route) => {
		expect(routeRun(run, { by, categories: new Set(categories) }, 0.8)).toEqual(route);
	});
});

describe('outputIndex', () => {
	const second: Route = { kind: 'fixed', output: 'Other' };

	it('is that of the output with the name of the route', () => {
		expect(outputIndex(second, ['Review', 'Other', 'No Result'])).toBe(1);
	});

	it('is that of the category and not of a fixed output with its name', () => {
		expect(outputIndex({ kind: 'category', category: 'Other' }, ['Other', 'Review', 'Other'])).toBe(2);
		expect(outputIndex(second, ['Other', 'Review', 'Other'])).toBe(0);
	});

	it('is the first when the node does not route, or has no other', () => {
		expect(outputIndex({ kind: 'whole' }, ['Processed', 'Failed'])).toBe(0);
		expect(outputIndex(second, ['Review'])).toBe(0);
		expect(outputIndex(second, [])).toBe(0);
	});
});
