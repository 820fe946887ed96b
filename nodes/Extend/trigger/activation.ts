import type { IHookFunctions } from 'n8n-workflow';
import { activationError, readError } from '../n8n/errors';
import { createTriggerRead } from '../n8n/read';
import { readTriggerSettings } from '../parameters/trigger';
import { checkReachable, isReachable } from '../webhook/reach';
import { isSameUrl } from '../webhook/registration';
import { logFormerAddress, logUnchecked, logUnremoved } from './log';
import type { RegistrationSession, TimeLimits } from './session';
import { openSession, webhookUrlOf } from './session';
import { readState, writeState } from './state';

/** A person is waiting, and n8n tries an activation up to five times before it reports anything. */
const ACTIVATION_LIMITS: TimeLimits = { retryTimeoutMs: 3_000, totalMs: 10_000 };
/** When n8n starts it may activate workflows one after the other, and it deactivates those that it could not activate. */
const BACKGROUND_LIMITS: TimeLimits = { retryTimeoutMs: 2_000, totalMs: 5_000 };

/** n8n starts, or another of its main processes takes over: no person has asked for the activation. */
const BACKGROUND_MODES: ReadonlySet<string> = new Set(['init', 'leadershipChange']);

/**
 * Whether the endpoint at Extend is as this trigger needs it. When n8n starts and Extend cannot be reached, a trigger
 * that was registered before counts as registered: otherwise n8n would deactivate it although nothing has changed.
 * @throws NodeOperationError when it cannot be checked
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	return await withActivationErrors(context, async () => {
		const isBackground = BACKGROUND_MODES.has(context.getActivationMode());
		const session = await openCheckedSession(context, isBackground ? BACKGROUND_LIMITS : ACTIVATION_LIMITS);
		const { registrar, state: { registered }, url, toError } = session;
		try {
			return await registrar.isComplete();
		} catch (caught) {
			const error = toError(caught);
			const wasRegistered = registered !== undefined && isSameUrl(registered.url, url);
			if (!(isBackground && wasRegistered && error.facts.retryable === true)) throw readError(error);
			logUnchecked(context, error);
			return true;
		}
	});
}

/** Registers this trigger at Extend, or repairs its endpoint. @throws NodeOperationError when that is not possible */
export async function register(context: IHookFunctions): Promise<void> {
	await withActivationErrors(context, async () => {
		const { registrar, state, toError } = await openCheckedSession(context, ACTIVATION_LIMITS);
		try {
			const { registered, unremoved } = await registrar.register();
			writeState(context, { registered, pendingRemovals: unremoved });
			logUnremoved(context, unremoved);
			logFormerAddress(context, state.registered);
		} catch (caught) {
			throw toError(caught);
		}
	});
}

/** Removes this trigger from Extend. Never throws, since n8n would show it to nobody: what stays is logged and removed later. */
export async function unregister(context: IHookFunctions): Promise<void> {
	const { registered, pendingRemovals } = readState(context);
	logFormerAddress(context, registered);
	try {
		const { registrar, toError, url, baseUrl } = await openSession(context, undefined, BACKGROUND_LIMITS);
		const isBlank = registered === undefined && pendingRemovals.length === 0;
		// n8n deactivates what it could not activate, and nothing can be registered for such an address.
		if (isBlank && !isReachable(url, baseUrl)) return;
		const unremoved = (await registrar.unregister()).map((each) => ({ ...each, cause: toError(each.cause) }));
		writeState(context, { pendingRemovals: unremoved });
		logUnremoved(context, unremoved);
	} catch (caught) {
		const isHere = registered !== undefined && isSameUrl(registered.url, webhookUrlOf(context));
		const known = isHere ? [registered, ...pendingRemovals] : pendingRemovals;
		writeState(context, { pendingRemovals: known });
		logUnremoved(context, known.map((each) => ({ ...each, cause: readError(caught) })));
	}
}

/** @throws ExtendError before anything is sent when the settings, the credential or the address cannot be used */
async function openCheckedSession(context: IHookFunctions, limits: TimeLimits): Promise<RegistrationSession> {
	const session = await openSession(context, readTriggerSettings(createTriggerRead(context)), limits);
	checkReachable(session.url, session.baseUrl);
	return session;
}

/** @throws NodeOperationError for whatever `work` throws */
async function withActivationErrors<T>(context: IHookFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (caught) {
		throw activationError(context.getNode(), readError(caught));
	}
}
