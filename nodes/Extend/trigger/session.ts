import type { IHookFunctions } from 'n8n-workflow';
import type { ExtendError } from '../api/errors';
import { connectionError } from '../api/errors';
import { WebhookClient } from '../api/webhooks';
import { createClock } from '../n8n/clock';
import { connect } from '../n8n/connection';
import { readError } from '../n8n/errors';
import { Registrar } from '../webhook/registrar';
import type { TriggerState } from '../webhook/registration';
import { nameEndpoint } from '../webhook/registration';
import type { TriggerSettings } from '../webhook/settings';
import { readState } from './state';
import { workflowMarkIn } from './workflow';

/** How long a request is retried, and how long the whole session may take. */
export interface TimeLimits {
	retryTimeoutMs: number;
	totalMs: number;
}

/** What one call of n8n's webhook methods works with. */
export interface RegistrationSession {
	registrar: Registrar;
	state: TriggerState;
	/** Where n8n receives deliveries for this trigger. */
	url: string;
	/** Base URL of the credential. */
	baseUrl: string;
	/** What was thrown as one of our errors; it names the time limit if that was the reason. */
	toError: (caught: unknown) => ExtendError;
}

/**
 * Connects to Extend for one registration, check or removal.
 * @param settings undefined when the trigger is to be removed
 * @throws ExtendError when the credential cannot be used
 */
export async function openSession(
	context: IHookFunctions,
	settings: TriggerSettings | undefined,
	{ retryTimeoutMs, totalMs }: TimeLimits,
): Promise<RegistrationSession> {
	const signal = AbortSignal.timeout(totalMs);
	const clock = createClock(signal);
	const { baseUrl, portsFor } = await connect(context);
	const webhooks = new WebhookClient({ ...portsFor(signal, clock), retryTimeoutMs });
	const url = webhookUrlOf(context);
	const mark = workflowMarkIn(context);
	const workflowName = context.getWorkflow().name ?? '';
	const { events = [], classifierId } = settings ?? {};
	const desired = { url, mark, name: nameEndpoint({ workflowName, url, mark }), events, classifierId };
	const state = readState(context);
	return {
		registrar: new Registrar({ webhooks, clock }, desired, state),
		state,
		url,
		baseUrl,
		toError: (caught) => {
			const error = readError(caught);
			// Only the time limit cancels the requests of a trigger.
			return error.facts.code === 'STOPPED' ? connectionError(`no answer came within ${totalMs / 1_000} s`) : error;
		},
	};
}

/** Where n8n receives deliveries for this trigger; a test in the editor has an address of its own. */
export function webhookUrlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}
