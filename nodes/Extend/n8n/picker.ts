import type { ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { ExtendClient } from '../api/client';
import { createClock } from './clock';
import { connect } from './connection';
import { readError } from './errors';
import type { Read } from './read';
import { createEditorRead } from './read';

/** How long somebody looks at a list that does not fill. */
const PICKER_TIMEOUT_MS = 20_000;
/** Shorter, so that an answer which stays the same is what is shown. */
const PICKER_RETRY_TIMEOUT_MS = 5_000;

const TOO_SLOW = { message: 'Extend did not answer in time', advice: 'Open the list again in a moment, or enter the ID.' };

/**
 * What `load` reads for a list in the editor.
 * @throws NodeOperationError whose text the editor shows in place of the list: an empty list would hide the cause
 */
export async function withPicker<T>(context: ILoadOptionsFunctions, load: (extend: ExtendClient) => Promise<T>): Promise<T> {
	const signal = AbortSignal.timeout(PICKER_TIMEOUT_MS);
	try {
		const { portsFor } = await connect(context);
		return await load(new ExtendClient({ ...portsFor(signal, createClock(signal)), retryTimeoutMs: PICKER_RETRY_TIMEOUT_MS }));
	} catch (caught) {
		throw shown(context, signal.aborted ? TOO_SLOW : readError(caught));
	}
}

/** What `get` reads of the node's parameters, before anything is asked of Extend. @throws NodeOperationError as withPicker does */
export function readForPicker<T>(context: ILoadOptionsFunctions, get: (read: Read) => T): T {
	try {
		return get(createEditorRead(context));
	} catch (caught) {
		throw shown(context, readError(caught));
	}
}

/** The editor shows nothing but the message. */
function shown(context: ILoadOptionsFunctions, { message, advice }: { message: string; advice: string }): NodeOperationError {
	return new NodeOperationError(context.getNode(), `${message}. ${advice}`);
}

/** Whether an entry of a list can be chosen and fits what the user typed, in its name or its ID. */
export function matches({ name, value }: INodeListSearchItems, filter = ''): boolean {
	return value !== '' && `${name} ${String(value)}`.toLowerCase().includes(filter.trim().toLowerCase());
}
