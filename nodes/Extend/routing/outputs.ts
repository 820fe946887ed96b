import type { INodeOutputConfiguration, INodeParameters } from 'n8n-workflow';
import type { ReasonOutput } from '../api/reasons';

export type StatusOutput = 'Processed' | 'Failed' | 'Cancelled' | 'Unfinished';
export type ResultOutput = 'Classified' | 'Other' | 'Review' | 'No Result';
/** The outputs that do not depend on the categories. */
export type FixedOutput = StatusOutput | ReasonOutput | 'Other Error' | ResultOutput;

/**
 * The outputs of a node with these parameters, in their order. The fixed ones come first, so that a category added at
 * the end moves no connection: n8n keeps connections by the number of the output.
 *
 * n8n gets this function as text and runs it elsewhere: it may use nothing from outside, and its compiled text must
 * not contain two closing braces in a row.
 */
export const configuredOutputs = (parameters: INodeParameters): INodeOutputConfiguration[] => {
	const operation = `${parameters.resource ?? 'classifyRun'} ${parameters.operation ?? 'classify'}`;
	const isRouted = [
		'classifyRun classify',
		'classifyRun get',
		'classifyRun waitForCompletion',
		'batchRun classify',
		'batchRun waitForCompletion',
	].includes(operation);
	const modes: Array<[routeBy: string, outputs: FixedOutput[]]> = [
		['status', ['Processed', 'Failed', 'Cancelled', 'Unfinished']],
		[
			'failureReason',
			[
				'Processed',
				'Bad File',
				'Bad Config',
				'No Credits',
				'Extend Error',
				'Cancelled',
				'Other Error',
				'Unfinished',
			],
		],
		['confidence', ['Classified', 'Review', 'No Result']],
		['category', ['Other', 'Review', 'No Result']],
	];
	const mode = modes.find(([routeBy]) => isRouted && routeBy === parameters.routeBy);
	if (mode === undefined) return [{ type: 'main' }];
	const names: string[] = [...mode[1]];
	const routes = mode[0] === 'category' ? (parameters.routeCategories as { route?: unknown } | undefined)?.route : [];
	for (const entry of Array.isArray(routes) ? routes : []) {
		const category = entry?.category?.value ?? entry?.category;
		const name = typeof category === 'string' || typeof category === 'number' ? `${category}`.trim() : '';
		names.push(name === '' ? `Category ${names.length - 2}` : name);
	}
	return names.map((displayName) => ({ type: 'main', displayName }));
};
