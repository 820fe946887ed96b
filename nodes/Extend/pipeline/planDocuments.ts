import type { ExtendError } from '../api/errors';
import { inputError } from '../api/errors';
import type { JsonObject } from '../api/json';
import type { ClassifierTarget } from '../api/types';
import { readError } from '../n8n/errors';
import type { NodeExecution } from '../n8n/nodeExecution';
import { isToolCall, placeOf, runIndexOf } from '../n8n/startMemory';
import type { Read } from '../n8n/read';
import { readOutputSettings } from '../parameters/run';
import { readStartOptions } from '../parameters/startOptions';
import { readWaitOptions } from '../parameters/waiting';
import { workflowMarkOf } from '../runs/workflowMark';
import { hashContent } from '../starting/content';
import { buildMetadata } from '../starting/metadata';
import type { StartPlan } from '../starting/plan';
import type { LeftOut } from '../starting/startHints';
import type { NodePlace } from '../starting/startKey';
import { isSharedByExecutions, startKeyForContent, startKeyForIdempotencyKey, startKeyForItem, startKeyForToolCall } from '../starting/startKey';
import type { StartMemory } from '../starting/startMemory';
import type { FoundDocument } from './findDocuments';
import { findDocuments } from './findDocuments';
import type { ItemSettings, PlannedDocument, PlannedItem } from './plannedDocument';

/** What differs between operations that start runs. */
export interface PlanSteps<Target extends ClassifierTarget> {
	/** What to classify with, given the options that override it. */
	readTarget: (read: Read, config: JsonObject) => Target;
	/** Whether the metadata tells the order, for runs that come back in none. */
	keepsOrder?: true;
}

export interface Plan<Target extends ClassifierTarget = ClassifierTarget> {
	/** What comes out, in its order. */
	items: Array<PlannedItem<Target>>;
	documents: Array<PlannedDocument<Target>>;
	skippedFiles: LeftOut[];
	missingFields: LeftOut[];
}

/** Reads and checks everything about every item before anything is sent. */
export async function planDocuments<Target extends ClassifierTarget>(
	execution: NodeExecution,
	memory: StartMemory,
	steps: PlanSteps<Target>,
): Promise<Plan<Target>> {
	const planner = new Planner(execution, memory, steps);
	const items = await Promise.all(execution.items.map(async (_, itemIndex) => await planner.planItem(itemIndex)));
	const checked = refuseEqualKeys(items.flat());
	const documents = checked.flatMap((item) => (item.kind === 'document' ? [item.document] : []));
	return { items: checked, documents, skippedFiles: planner.skippedFiles, missingFields: planner.missingFields };
}

class Planner<Target extends ClassifierTarget> {
	readonly skippedFiles: LeftOut[] = [];
	readonly missingFields: LeftOut[] = [];
	private readonly place: NodePlace;
	private readonly runIndex: number;
	private readonly isTool: boolean;

	constructor(
		private readonly execution: NodeExecution,
		private readonly memory: StartMemory,
		private readonly steps: PlanSteps<Target>,
	) {
		this.place = placeOf(execution.context, memory.executionId);
		this.runIndex = runIndexOf(execution.context);
		this.isTool = isToolCall(execution.context);
	}

	async planItem(itemIndex: number): Promise<Array<PlannedItem<Target>>> {
		try {
			const read = this.execution.read(itemIndex);
			const settings: ItemSettings = { options: readStartOptions(read), output: readOutputSettings(read), wait: readWaitOptions(read) };
			const target = this.steps.readTarget(read, settings.options.config);
			const found = await findDocuments(this.execution, itemIndex, settings.options);
			this.skippedFiles.push(...found.skipped.map((description) => ({ itemIndex, description })));
			this.missingFields.push(...found.missingFields.map((description) => ({ itemIndex, description })));
			if (found.documents.length === 0) return [{ kind: 'withoutDocument', itemIndex, settings }];
			const parts = { itemIndex, settings, target, heldSeveral: found.heldSeveral };
			return await Promise.all(found.documents.map(async (document, position) => await this.planDocument(document, { ...parts, position })));
		} catch (caught) {
			return [{ kind: 'failed', itemIndex, error: readError(caught) }];
		}
	}

	/** A document that cannot be used fails by itself. */
	private async planDocument(found: FoundDocument, parts: DocumentParts<Target>): Promise<PlannedItem<Target>> {
		const { field, binary } = found;
		const { itemIndex, settings } = parts;
		if ('error' in found) return { kind: 'failed', itemIndex, error: found.error, binary };
		try {
			return { kind: 'document', document: { itemIndex, plan: await this.buildPlan(found, parts), settings, field, binary } };
		} catch (caught) {
			return { kind: 'failed', itemIndex, error: readError(caught), binary };
		}
	}

	private async buildPlan({ field, source }: Usable, parts: DocumentParts<Target>): Promise<StartPlan<Target>> {
		const { itemIndex, position, settings, target, heldSeveral } = parts;
		const { metadata, usageTags, priority } = settings.options;
		const startKey = await this.startKeyOf({ field: heldSeveral ? (field ?? '') : '', source }, parts);
		const order = this.steps.keepsOrder ? `${itemIndex}.${position}` : undefined;
		return {
			target,
			source,
			priority,
			startKey,
			metadata: buildMetadata(metadata, usageTags, { startKey, position: order, workflowMark: workflowMarkOf(this.place) }),
			looksFirst: isSharedByExecutions(startKey) || this.memory.hasEarlierTry,
		};
	}

	private async startKeyOf({ field, source }: Required<Pick<Usable, 'source'>> & { field: string }, parts: DocumentParts<Target>): Promise<string> {
		const { idempotencyKey, reusesSameDocument } = parts.settings.options;
		if (idempotencyKey !== undefined) return startKeyForIdempotencyKey(idempotencyKey, field, parts.target);
		if (reusesSameDocument) return startKeyForContent(await hashContent(source), parts.target);
		if (this.isTool) return startKeyForToolCall(this.place, await hashContent(source), parts.target);
		const document = `${field} ${describeSource(source)}`;
		return startKeyForItem({ ...this.place, runIndex: this.runIndex, itemIndex: parts.itemIndex, document });
	}
}

type Usable = Extract<FoundDocument, { source: unknown }>;

interface DocumentParts<Target extends ClassifierTarget> {
	itemIndex: number;
	/** The document's place among those of its item. */
	position: number;
	settings: ItemSettings;
	target: Target;
	/** Whether the item held several documents before any was left out, so that keys stay the same when filters change. */
	heldSeveral: boolean;
}

/** Tells whether an item holds the same document when an execution is tried again with another input. */
function describeSource(source: StartPlan['source']): string {
	return source.kind === 'input' ? JSON.stringify(source.file) : `${source.upload.fileName} ${source.upload.sizeBytes}`;
}

/** Documents with one idempotency key would be taken for one; each item that shares its key is refused. */
function refuseEqualKeys<Target extends ClassifierTarget>(items: Array<PlannedItem<Target>>): Array<PlannedItem<Target>> {
	const itemsByKey = new Map<string, number[]>();
	for (const item of items) {
		const key = keyOf(item);
		if (key !== undefined) itemsByKey.set(key, [...(itemsByKey.get(key) ?? []), itemIndexOf(item)]);
	}
	return items.map((item) => {
		const sharing = itemsByKey.get(keyOf(item) ?? '') ?? [];
		if (item.kind !== 'document' || sharing.length < 2) return item;
		const { itemIndex, settings, binary } = item.document;
		return { kind: 'failed', itemIndex, error: equalKeys(settings.options.idempotencyKey ?? '', sharing, itemIndex), binary };
	});
}

function keyOf<Target extends ClassifierTarget>(item: PlannedItem<Target>): string | undefined {
	const isKeyed = item.kind === 'document' && item.document.settings.options.idempotencyKey !== undefined;
	return isKeyed ? item.document.plan.startKey : undefined;
}

function itemIndexOf(item: PlannedItem): number {
	return item.kind === 'document' ? item.document.itemIndex : item.itemIndex;
}

function equalKeys(key: string, sharing: number[], itemIndex: number): ExtendError {
	const others = sharing.filter((index) => index !== itemIndex);
	return inputError(
		`The Idempotency Key "${key}" is also that of item ${others.join(', ')}`,
		'Give every document its own key, such as the ID of its email or file.',
	);
}
