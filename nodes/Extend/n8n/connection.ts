import type { IExecuteFunctions, IHookFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { CallPorts } from '../api/call';
import { ExtendClient } from '../api/client';
import type { Clock } from '../api/clock';
import type { CredentialFields } from '../api/deployment';
import { readApiKey, readBaseUrl } from '../api/deployment';
import { inputError } from '../api/errors';
import type { Buckets } from '../api/buckets';
import { createBuckets } from '../api/buckets';
import { Registry } from '../api/registry';
import { UploadGate } from '../api/uploadGate';
import { StartRegistry } from '../starting/startRegistry';
import { RunWatcher } from '../waiting/watcher';
import { createClock } from './clock';
import { createSend } from './send';

export interface Connection {
	baseUrl: string;
	/** How requests go out that end with the signal. */
	portsFor: (signal: AbortSignal | undefined, clock: Clock) => CallPorts;
	/** A client of Extend whose requests and pauses end with the signal. */
	clientFor: (signal: AbortSignal | undefined, clock: Clock) => ExtendClient;
	/** Shared by all executions of this process that use the credential. */
	watcher: RunWatcher;
	/** Likewise. */
	registry: StartRegistry;
}

/** What all executions of this process share that use a credential. */
interface Shared {
	buckets: Buckets;
	uploads: UploadGate;
	/** By workspace ID: with an organization's key a list shows one workspace only. */
	workspaces: Map<string, Workspace>;
}

type Workspace = Pick<Connection, 'watcher' | 'registry'>;

/** By a hash of base URL and API key, which does not reveal the key. */
const sharedByKey = new Registry<Shared>(() => ({ buckets: createBuckets(), uploads: new UploadGate(), workspaces: new Map() }));

function workspaceOf({ workspaces }: Shared, id: string): Workspace {
	const workspace = workspaces.get(id) ?? { watcher: new RunWatcher(createClock(undefined)), registry: new StartRegistry(() => Date.now()) };
	workspaces.set(id, workspace);
	return workspace;
}

/**
 * Reads the credential once for all clients of a node run.
 * @throws ExtendError when its Base URL cannot be used
 */
export async function connect(context: IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions): Promise<Connection> {
	const credential = await context.getCredentials('extendApi');
	const baseUrl = checkBaseUrl(credential);
	const apiKey = readApiKey(credential);
	const key = createHash('sha256').update(`${baseUrl} ${apiKey}`).digest('hex');
	const shared = sharedByKey.use(key, Date.now());
	const portsFor: Connection['portsFor'] = (signal, clock) => {
		const send = createSend(context, { baseUrl, apiKey, signal });
		return {
			send: async (request) => {
				// A wait may last for days, and uses what it shares with each request.
				sharedByKey.use(key, clock.nowMs());
				return await send(request);
			},
			clock,
			buckets: shared.buckets,
			uploads: shared.uploads,
		};
	};
	return {
		baseUrl,
		portsFor,
		clientFor: (signal, clock) => new ExtendClient(portsFor(signal, clock)),
		...workspaceOf(shared, String(credential.workspaceId ?? '').trim()),
	};
}

/** @throws ExtendError when it cannot be used */
export function checkBaseUrl(credential: CredentialFields): string {
	const baseUrl = readBaseUrl(credential);
	if (baseUrl !== undefined) return baseUrl;
	throw inputError(
		'The Base URL in the credential is not an address that begins with http:// or https://',
		'Open the credential and enter the address alone, such as https://extend.example.com.',
	);
}
