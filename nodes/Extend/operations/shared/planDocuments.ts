import type { IBinaryKeyData } from 'n8n-workflow';
import { inputError } from '../../api/errors';
import type { ExtendError } from '../../api/errors';
import type { JsonObject } from '../../api/json';
import type { ClassifierTarget } from '../../api/types';
import { readError } from '../../n8n/errors';
import type { NodeExecution } from '../../n8n/nodeExecution';
import { purposeOf } from '../../n8n/purpose';
import type { Read } from '../../n8n/read';
import { checkOutput } from '../../parameters/run';
import type { StartOptions } from '../../parameters/startOptions';
import { readStartOptions } from '../../parameters/startOptions';
import { buildMetadata } from '../../starting/metadata';
import type { DocumentSource, StartPlan } from '../../starting/plan';
import { tokenForKey, tokenForPurpose } from '../../starting/token';
import { findDocuments } from './findDocuments';

/** A document of an item, checked and ready to be started. */
export interface PlannedDocument<Target extends ClassifierTarget = ClassifierTarget> {
	itemIndex: number;
	plan: StartPlan<Target>;
	/** The binary field it is in; unset for other sources. */
	field?: string;
	/** The files that come out with it: its own where the item holds several. */
	binary?: IBinaryKeyData;
	options: StartOptions;
}

export type ItemPlan<Target extends ClassifierTarget = ClassifierTarget> =
	| { kind: 'documents'; itemIndex: number; documents: Array<PlannedDocument<Target>> }
	/** The item has no document and is to pass on without one. */
	| { kind: 'withoutDocument'; itemIndex: number }
	/** The item, or one of its documents; then `binary` holds its file. */
	| { kind: 'failed'; itemIndex: number; error: ExtendError; binary?: IBinaryKeyData };

/** A file that the options leave out, in words. */
export interface SkippedFile {
	itemIndex: number;
	description: string;
}

interface Planned<Target extends ClassifierTarget> {
	plans: Array<ItemPlan<Target>>;
	skipped: SkippedFile[];
	/** Names of fields that are not there, where that is to pass. */
	missing: SkippedFile[];
}

/** What differs between operations that start runs. */
export interface PlanSteps<Target extends ClassifierTarget> {
	/** What to classify with, given the options that override it. */
	readTarget: (read: Read, config: JsonObject) => Target;
	/** Reads what else the operation needs of an item; what it throws fails the item before anything is sent. */
	check?: (read: Read) => unknown;
	/** Whether the metadata tells the order, for runs that come back in none. */
	keepsOrder?: true;
}

/** Checks every item before anything is sent. An item gives several plans where some of its documents cannot be used. */
export async function planDocuments<Target extends ClassifierTarget>(run: NodeExecution, steps: PlanSteps<Target>): Promise<Planned<Target>> {
	const leftOut = { skipped: [], missing: [] };
	const plans = run.items.map(async (_, itemIndex): Promise<Array<ItemPlan<Target>>> => {
		try {
			const read = run.read(itemIndex);
			checkOutput(read);
			steps.check?.(read);
			return await planItem(run, itemIndex, { ...steps, ...leftOut });
		} catch (caught) {
			return [{ kind: 'failed', itemIndex, error: readError(caught) }];
		}
	});
	return { plans: refuseEqualKeys((await Promise.all(plans)).flat(), run), ...leftOut };
}

async function planItem<Target extends ClassifierTarget>(
	run: NodeExecution,
	itemIndex: number,
	{ readTarget, keepsOrder, skipped, missing }: PlanSteps<Target> & Pick<Planned<Target>, 'skipped' | 'missing'>,
): Promise<Array<ItemPlan<Target>>> {
	const read = run.read(itemIndex);
	const options = readStartOptions(read);
	const target = readTarget(read, options.config);
	const found = await findDocuments(run, itemIndex, options);
	skipped.push(...found.skipped.map((description) => ({ itemIndex, description })));
	missing.push(...found.missingFields.map((description) => ({ itemIndex, description })));
	if (found.documents.length === 0) return [{ kind: 'withoutDocument', itemIndex }];
	return found.documents.map((one, position) => {
		const { field, binary } = one;
		if ('error' in one) return { kind: 'failed', itemIndex, error: one.error, binary };
		const document = found.heldSeveral ? (field ?? '') : '';
		const order = keepsOrder ? `${itemIndex}.${position}` : undefined;
		const plan = buildPlan(run, itemIndex, { source: one.source, target, options, document, position: order });
		return { kind: 'documents', itemIndex, documents: [{ itemIndex, plan, field, binary, options }] };
	});
}

interface PlanParts<Target extends ClassifierTarget> {
	source: DocumentSource;
	target: Target;
	options: StartOptions;
	/** What tells the document from others of its item; empty for the only one. */
	document: string;
	position?: string;
}

function buildPlan<Target extends ClassifierTarget>(
	run: NodeExecution,
	itemIndex: number,
	{ source, target, options, document, position }: PlanParts<Target>,
): StartPlan<Target> {
	const { idempotencyKey, metadata, usageTags, priority } = options;
	const token =
		idempotencyKey === undefined
			? tokenForPurpose({ ...purposeOf(run.context, itemIndex), document: `${document} ${contentOf(source)}` })
			: tokenForKey(idempotencyKey, document);
	return {
		target,
		source,
		priority,
		token,
		metadata: buildMetadata(metadata, usageTags, { token, position }),
		looksFirst: idempotencyKey !== undefined || run.context.getNode().retryOnFail === true,
	};
}

/** Tells documents apart that come with the same item number, as the calls of an AI agent's tool do. */
function contentOf(source: DocumentSource): string {
	return source.kind === 'input' ? JSON.stringify(source.file) : `${source.upload.fileName} ${source.upload.sizeBytes}`;
}

/** Documents with one key would be taken for one; each item that shares its key is refused. */
function refuseEqualKeys<Target extends ClassifierTarget>(plans: Array<ItemPlan<Target>>, run: NodeExecution): Array<ItemPlan<Target>> {
	const itemsByToken = new Map<string, number[]>();
	for (const plan of plans) {
		for (const { plan: start } of plan.kind === 'documents' ? plan.documents : []) {
			itemsByToken.set(start.token, [...(itemsByToken.get(start.token) ?? []), plan.itemIndex]);
		}
	}
	return plans.map((plan) => {
		const shared = plan.kind === 'documents' ? plan.documents.map(({ plan: { token } }) => itemsByToken.get(token) ?? []) : [];
		const others = shared.find((items) => items.length > 1)?.filter((itemIndex) => itemIndex !== plan.itemIndex);
		if (others === undefined) return plan;
		const { idempotencyKey } = readStartOptions(run.read(plan.itemIndex));
		const error = inputError(
			`The Idempotency Key "${idempotencyKey ?? ''}" is also that of item ${others.join(', ')}`,
			'Give every document a key of its own, such as the ID of its email or file.',
		);
		return { kind: 'failed', itemIndex: plan.itemIndex, error };
	});
}
