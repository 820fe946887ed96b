import { inputError } from '../../api/errors';
import type { ExtendError } from '../../api/errors';
import type { JsonObject } from '../../api/json';
import type { ClassifierTarget } from '../../api/types';
import { assertNotEmpty } from '../../n8n/binary';
import { readError } from '../../n8n/errors';
import type { NodeExecution } from '../../n8n/nodeExecution';
import { purposeOf } from '../../n8n/purpose';
import type { Read } from '../../n8n/read';
import { readFileInput } from '../../parameters/document';
import { checkOutput } from '../../parameters/run';
import type { StartOptions } from '../../parameters/startOptions';
import { readStartOptions } from '../../parameters/startOptions';
import { buildMetadata } from '../../starting/metadata';
import { reasonToSkip } from '../../documents/selection';
import type { DocumentSource, StartPlan } from '../../starting/plan';
import { tokenForKey, tokenForPurpose } from '../../starting/token';
import { findFiles, uploadOf } from './itemFiles';

/** A document of an item, checked and ready to be started. */
export interface PlannedDocument<Target extends ClassifierTarget = ClassifierTarget> {
	itemIndex: number;
	plan: StartPlan<Target>;
	/** The binary field it is in; unset for other sources. */
	field?: string;
	/** Whether the item holds others too, so that its output keeps this binary only. */
	isOneOfSeveral: boolean;
	options: StartOptions;
}

export type ItemPlan<Target extends ClassifierTarget = ClassifierTarget> =
	| { kind: 'documents'; itemIndex: number; documents: Array<PlannedDocument<Target>> }
	/** The item has no document and is to pass on without one. */
	| { kind: 'withoutDocument'; itemIndex: number }
	| { kind: 'failed'; itemIndex: number; error: ExtendError };

/** A file that the options leave out, in words. */
export interface SkippedFile {
	itemIndex: number;
	description: string;
}

interface Planned<Target extends ClassifierTarget> {
	plans: Array<ItemPlan<Target>>;
	skipped: SkippedFile[];
}

interface ItemDocuments {
	sources: Array<{ source: DocumentSource; field?: string }>;
	skipped: string[];
	/** Whether the item held several documents before any was left out, so that keys stay the same when filters change. */
	heldSeveral: boolean;
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

/** Checks every item before anything is sent. */
export async function planDocuments<Target extends ClassifierTarget>(run: NodeExecution, steps: PlanSteps<Target>): Promise<Planned<Target>> {
	const skipped: SkippedFile[] = [];
	const plans = run.items.map(async (_, itemIndex): Promise<ItemPlan<Target>> => {
		try {
			const read = run.read(itemIndex);
			checkOutput(read);
			steps.check?.(read);
			return await planItem(run, itemIndex, { ...steps, skipped });
		} catch (caught) {
			return { kind: 'failed', itemIndex, error: readError(caught) };
		}
	});
	return { plans: refuseEqualKeys(await Promise.all(plans), run), skipped };
}

async function planItem<Target extends ClassifierTarget>(
	run: NodeExecution,
	itemIndex: number,
	{ readTarget, keepsOrder, skipped }: PlanSteps<Target> & { skipped: SkippedFile[] },
): Promise<ItemPlan<Target>> {
	const read = run.read(itemIndex);
	const options = readStartOptions(read);
	const target = readTarget(read, options.config);
	const found = await findDocuments(run, itemIndex, options);
	skipped.push(...found.skipped.map((description) => ({ itemIndex, description })));
	if (found.sources.length === 0) return { kind: 'withoutDocument', itemIndex };
	const isOneOfSeveral = found.sources.length > 1;
	const documents = found.sources.map(({ source, field }, position) => {
		const document = found.heldSeveral ? (field ?? '') : '';
		const order = keepsOrder ? `${itemIndex}.${position}` : undefined;
		return { itemIndex, plan: buildPlan(run, itemIndex, { source, target, options, document, position: order }), field, isOneOfSeveral, options };
	});
	return { kind: 'documents', itemIndex, documents };
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

async function findDocuments(run: NodeExecution, itemIndex: number, options: StartOptions): Promise<ItemDocuments> {
	const read = run.read(itemIndex);
	if (read.text('fileSource') !== 'binary') {
		return { sources: [{ source: { kind: 'input', file: readFileInput(read, options) } }], skipped: [], heldSeveral: false };
	}
	const files = await findFiles(run, itemIndex, read.text('binaryFields'));
	const skipped: string[] = [];
	const kept = files.filter((file) => {
		const reason = reasonToSkip(file, options.filter);
		if (reason !== undefined) skipped.push(`${file.fileName} (${reason})`);
		return reason === undefined;
	});
	if (kept.length === 0 && !options.skipsWithoutDocument) throw noDocument(read.text('binaryFields'), skipped);
	kept.forEach(assertNotEmpty);
	const sources = kept.map((file) => ({ source: { kind: 'upload' as const, upload: uploadOf(file, options) }, field: file.field }));
	return { sources, skipped, heldSeveral: files.length > 1 };
}

function noDocument(fields: string, skipped: string[]): ExtendError {
	const leftOut = skipped.length === 0 ? '' : `; left out: ${skipped.join(', ')}`;
	return inputError(
		`The item has no document in "${fields}"${leftOut}`,
		'Check the field and the File Options, or set If There Is No Document under File Options to continue without a result.',
	);
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
