import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { objectAt, objectsAt, stringAt } from '../api/json';
import type { KnownEndpoint, TriggerState } from '../webhook/registration';

const REGISTERED = 'registered';
const PENDING_REMOVALS = 'pendingRemovals';

/** What n8n has kept for this trigger; a test in the editor has a state of its own. */
export function readState(context: IHookFunctions | IWebhookFunctions): TriggerState {
	const kept: unknown = context.getWorkflowStaticData('node');
	const registered = objectAt(kept, REGISTERED);
	const signingSecret = stringAt(registered, 'signingSecret');
	const [endpoint] = readEndpoint(registered);
	return {
		registered: endpoint === undefined || signingSecret === undefined ? undefined : { ...endpoint, signingSecret },
		pendingRemovals: objectsAt(kept, PENDING_REMOVALS).flatMap(readEndpoint),
	};
}

/** n8n saves it when the method of the trigger has ended. */
export function writeState(context: IHookFunctions, { registered, pendingRemovals }: TriggerState): void {
	const kept = context.getWorkflowStaticData('node');
	set(kept, REGISTERED, registered === undefined ? undefined : { ...registered });
	set(kept, PENDING_REMOVALS, pendingRemovals.length === 0 ? undefined : pendingRemovals.map(({ id, url }) => ({ id, url })));
}

function set(kept: IDataObject, key: string, value: IDataObject | IDataObject[] | undefined): void {
	if (value === undefined) delete kept[key];
	else kept[key] = value;
}

function readEndpoint(value: unknown): KnownEndpoint[] {
	const [id, url] = [stringAt(value, 'id'), stringAt(value, 'url')];
	return id === undefined || url === undefined ? [] : [{ id, url }];
}
