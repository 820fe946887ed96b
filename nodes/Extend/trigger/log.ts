import type { IHookFunctions } from 'n8n-workflow';
import type { ExtendError } from '../api/errors';
import type { UnremovedEndpoint } from '../webhook/registrar';
import type { KnownEndpoint } from '../webhook/registration';
import { isSameUrl } from '../webhook/registration';
import { webhookUrlOf } from './session';

/** Endpoints that could not be removed: n8n shows the user nothing about a deactivation. */
export function logUnremoved(context: IHookFunctions, unremoved: readonly UnremovedEndpoint[]): void {
	for (const { id, url, cause } of unremoved) {
		context.logger.warn(
			`${describe(context)}: the webhook endpoint ${id} (${url}) could not be removed from Extend. ${cause.message}. ` +
				'It is removed when the workflow is published again. You can also remove it in the Extend dashboard.',
		);
	}
}

/** An endpoint for a former address of n8n; it stays, since another n8n with a copy of this one's database may use it. */
export function logFormerAddress(context: IHookFunctions, registered: KnownEndpoint | undefined): void {
	if (registered === undefined || isSameUrl(registered.url, webhookUrlOf(context))) return;
	context.logger.warn(
		`${describe(context)}: the webhook endpoint ${registered.id} for the former address ${registered.url} stays at Extend. ` +
			'Remove it in the Extend dashboard unless another n8n uses it.',
	);
}

/** A trigger that stays active although Extend could not be asked about it. */
export function logUnchecked(context: IHookFunctions, { message }: ExtendError): void {
	context.logger.warn(`${describe(context)} could not be checked at Extend and stays active as it was. ${message}`);
}

function describe(context: IHookFunctions): string {
	const { id, name } = context.getWorkflow();
	return `"${context.getNode().name}" in the workflow "${name ?? ''}" (${id ?? ''})`;
}
