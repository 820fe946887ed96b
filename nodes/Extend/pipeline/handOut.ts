import type { IDataObject } from 'n8n-workflow';
import type { ExtendError } from '../api/errors';
import type { Run } from '../api/types';
import type { Outcome } from '../n8n/items';
import type { NodeExecution } from '../n8n/nodeExecution';
import { outputRun, shapeRun } from '../parameters/run';
import type { PlannedDocument, PlannedItem } from './plannedDocument';

/** What a document has come to. */
export interface DocumentOutcome {
	document: PlannedDocument;
	outcome: Outcome;
}

/** The item for the run of a document. @throws ExtendError for a run that failed, where the node is to treat that as a failed item */
export function outputOf(execution: NodeExecution, { itemIndex, settings, field, binary }: PlannedDocument, run: Run): Outcome {
	const output = outputRun(settings.output, run);
	const added = { ...(field === undefined ? {} : { binaryField: field }), ...inputOf(execution, itemIndex, settings) };
	return { kind: 'run', itemIndex, ...output, json: { ...output.json, ...added }, binary: settings.options.keepsFiles ? binary : undefined };
}

/** The outcome of a document that did not succeed; it keeps its own file. */
export function failedOutcome({ itemIndex, binary }: PlannedDocument, error: ExtendError): Outcome {
	return { kind: 'failed', itemIndex, error, binary };
}

/** The outcomes in the order of items and documents. */
export function inOrder(items: readonly PlannedItem[], outcomes: readonly DocumentOutcome[], without: (item: ItemWithoutDocument) => Outcome[]): Outcome[] {
	const byDocument = new Map<PlannedDocument, Outcome>(outcomes.map(({ document, outcome }) => [document, outcome]));
	return items.flatMap((item): Outcome[] => {
		if (item.kind === 'failed') return [item];
		if (item.kind === 'withoutDocument') return without(item);
		const outcome = byDocument.get(item.document);
		return outcome === undefined ? [] : [outcome];
	});
}

export type ItemWithoutDocument = Extract<PlannedItem, { kind: 'withoutDocument' }>;

/** All fields of a run are there, and say that there is none. */
export function withoutResult(execution: NodeExecution, { itemIndex, settings }: ItemWithoutDocument): Outcome {
	const json = { ...shapeRun(settings.output, {}), id: null, binaryField: null, ...inputOf(execution, itemIndex, settings) };
	const binary = settings.options.keepsFiles ? execution.items[itemIndex]?.binary : undefined;
	return { kind: 'withoutDocument', itemIndex, json, binary };
}

function inputOf({ items }: NodeExecution, itemIndex: number, { options }: PlannedDocument['settings']): IDataObject {
	return options.includesInput ? { input: items[itemIndex]?.json ?? {} } : {};
}
