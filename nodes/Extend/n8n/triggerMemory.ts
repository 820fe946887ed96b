import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { objectAt, objectsAt, stringAt } from '../api/json';
import type { KnownEndpoint, Memory } from '../webhook/registration';

const REGISTERED = 'registered';
const LEFT_BEHIND = 'leftBehind';

/** What n8n has kept for this trigger; a test in the editor has a memory of its own. */
export function readMemory(context: IHookFunctions | IWebhookFunctions): Memory {
	const kept: unknown = context.getWorkflowStaticData('node');
	const registered = objectAt(kept, REGISTERED);
	const signingSecret = stringAt(registered, 'signingSecret');
	const [endpoint] = readEndpoint(registered);
	return {
		registered: endpoint === undefined || signingSecret === undefined ? undefined : { ...endpoint, signingSecret },
		leftBehind: objectsAt(kept, LEFT_BEHIND).flatMap(readEndpoint),
	};
}

/** n8n saves it when the method of the trigger has ended. */
export function writeMemory(context: IHookFunctions, { registered, leftBehind }: Memory): void {
	const kept = context.getWorkflowStaticData('node');
	set(kept, REGISTERED, registered === undefined ? undefined : { ...registered });
	set(kept, LEFT_BEHIND, leftBehind.length === 0 ? undefined : leftBehind.map(({ id, url }) => ({ id, url })));
}

function set(kept: IDataObject, key: string, value: IDataObject | IDataObject[] | undefined): void {
	if (value === undefined) delete kept[key];
	else kept[key] = value;
}

function readEndpoint(value: unknown): KnownEndpoint[] {
	const [id, url] = [stringAt(value, 'id'), stringAt(value, 'url')];
	return id === undefined || url === undefined ? [] : [{ id, url }];
}
