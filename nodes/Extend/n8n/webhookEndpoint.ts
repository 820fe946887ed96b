import type { IHookFunctions } from 'n8n-workflow';
import type { ExtendError } from '../api/errors';
import { connectionError } from '../api/errors';
import { WebhookClient } from '../api/webhooks';
import { checkReachable, isReachable } from '../webhook/reach';
import type { Leftover } from '../webhook/registrar';
import { Registrar } from '../webhook/registrar';
import type { KnownEndpoint, Memory } from '../webhook/registration';
import { isSameUrl, markOf, nameEndpoint } from '../webhook/registration';
import type { TriggerSettings } from '../webhook/settings';
import { createClock } from './clock';
import { connect } from './connection';
import { activationError, readError } from './errors';
import type { Read } from './read';
import { createTriggerRead } from './read';
import { readMemory, writeMemory } from './triggerMemory';

/** How long a request is repeated, and how long everything may take. */
interface Limits {
	retryTimeoutMs: number;
	totalMs: number;
}

/** Somebody waits for it, and n8n tries an activation up to five times before it says anything. */
const WHILE_SOMEBODY_WAITS: Limits = { retryTimeoutMs: 3_000, totalMs: 10_000 };
/** n8n may activate its workflows one after the other when it starts, and deactivates whatever it could not activate. */
const IN_PASSING: Limits = { retryTimeoutMs: 2_000, totalMs: 5_000 };

type ReadSettings = (read: Read) => TriggerSettings;

/** A registrar for the trigger, within limits of time. */
interface Desk {
	registrar: Registrar;
	memory: Memory;
	url: string;
	baseUrl: string;
	/** What was thrown, with the reason why time ran out if it did. */
	explain: (caught: unknown) => ExtendError;
}

/**
 * Whether Extend's side is as this trigger needs it. While n8n starts, an Extend that cannot be reached counts as yes
 * where an endpoint was registered before: the trigger would be deaf otherwise although nothing has changed.
 * @throws NodeOperationError when it cannot be told
 */
export async function isRegistered(context: IHookFunctions, readSettings: ReadSettings): Promise<boolean> {
	return await inNode(context, async () => {
		const isStart = context.getActivationMode() === 'init';
		const desk = await openDesk(context, readSettings(createTriggerRead(context)), isStart ? IN_PASSING : WHILE_SOMEBODY_WAITS);
		checkReachable(desk.url, desk.baseUrl);
		try {
			return await desk.registrar.isComplete();
		} catch (caught) {
			const error = desk.explain(caught);
			const { registered } = desk.memory;
			const isKnown = registered !== undefined && isSameUrl(registered.url, desk.url);
			if (!(isStart && isKnown && error.facts.retryable === true)) throw readError(error);
			context.logger.warn(`${describe(context)} could not be checked at Extend and goes on as it was. ${error.message}`);
			return true;
		}
	});
}

/** Registers this trigger at Extend, or repairs what is there. @throws NodeOperationError when that is not possible */
export async function register(context: IHookFunctions, readSettings: ReadSettings): Promise<void> {
	await inNode(context, async () => {
		const desk = await openDesk(context, readSettings(createTriggerRead(context)), WHILE_SOMEBODY_WAITS);
		checkReachable(desk.url, desk.baseUrl);
		try {
			const { registered, leftovers } = await desk.registrar.register();
			writeMemory(context, { registered, leftBehind: leftovers });
			reportLeftovers(context, leftovers);
			reportFormer(context, desk.memory.registered);
		} catch (caught) {
			throw desk.explain(caught);
		}
	});
}

/** Removes this trigger from Extend. Never throws: n8n would tell nobody. What stays is logged and remembered. */
export async function unregister(context: IHookFunctions): Promise<void> {
	const { registered, leftBehind } = readMemory(context);
	reportFormer(context, registered);
	try {
		const { registrar, explain, url, baseUrl } = await openDesk(context, undefined, IN_PASSING);
		const isBlank = registered === undefined && leftBehind.length === 0;
		// n8n deactivates what it could not activate, and nothing can be registered for such an address.
		if (isBlank && !isReachable(url, baseUrl)) return;
		const leftovers = (await registrar.unregister()).map((left) => ({ ...left, cause: explain(left.cause) }));
		writeMemory(context, { leftBehind: leftovers });
		reportLeftovers(context, leftovers);
	} catch (caught) {
		const known = registered === undefined || isFormer(context, registered) ? leftBehind : [registered, ...leftBehind];
		writeMemory(context, { leftBehind: known });
		reportLeftovers(context, known.map((left) => ({ ...left, cause: readError(caught) })));
	}
}

/** @param settings undefined where all that is wanted is nothing */
async function openDesk(context: IHookFunctions, settings: TriggerSettings | undefined, { retryTimeoutMs, totalMs }: Limits): Promise<Desk> {
	const signal = AbortSignal.timeout(totalMs);
	const { baseUrl, portsFor } = await connect(context);
	const clock = createClock(signal);
	const memory = readMemory(context);
	const url = context.getNodeWebhookUrl('default') ?? '';
	const { id = '', name = '' } = context.getWorkflow();
	const mark = markOf({ instanceId: context.getInstanceId(), workflowId: id, nodeId: context.getNode().id });
	const wanted = { url, mark, name: nameEndpoint({ workflowName: name, url, mark }), events: settings?.events ?? [], classifierId: settings?.classifierId };
	return {
		registrar: new Registrar({ webhooks: new WebhookClient({ ...portsFor(signal, clock), retryTimeoutMs }), clock }, wanted, memory),
		memory,
		url,
		baseUrl,
		explain: (caught) => {
			const error = readError(caught);
			// Nothing but the limit stops the work of a trigger.
			return error.facts.code === 'STOPPED' ? connectionError(`no answer came within ${totalMs / 1_000} s`) : error;
		},
	};
}

/** @throws NodeOperationError for whatever the work throws */
async function inNode<T>(context: IHookFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (caught) {
		throw activationError(context.getNode(), readError(caught));
	}
}

function reportLeftovers(context: IHookFunctions, leftovers: readonly Leftover[]): void {
	for (const { id, url, cause } of leftovers) {
		context.logger.warn(
			`${describe(context)}: the webhook endpoint ${id} (${url}) could not be removed from Extend. ${cause.message}. ` +
				'It is removed when the workflow is published again; you can also remove it in the Extend dashboard.',
		);
	}
}

/** Where n8n's address has changed, the old endpoint may belong to another n8n with a copy of this one's database. */
function reportFormer(context: IHookFunctions, registered: KnownEndpoint | undefined): void {
	if (registered === undefined || !isFormer(context, registered)) return;
	context.logger.warn(
		`${describe(context)}: the webhook endpoint ${registered.id} for the former address ${registered.url} stays at Extend. ` +
			'Remove it in the Extend dashboard unless another n8n uses it.',
	);
}

function isFormer(context: IHookFunctions, { url }: KnownEndpoint): boolean {
	return !isSameUrl(url, context.getNodeWebhookUrl('default') ?? '');
}

function describe(context: IHookFunctions): string {
	const { id, name } = context.getWorkflow();
	return `"${context.getNode().name}" in the workflow "${name ?? ''}" (${id ?? ''})`;
}
