import type { IExecuteFunctions, IHookFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { CallPorts } from '../api/call';
import { ExtendClient } from '../api/client';
import type { Clock } from '../api/clock';
import type { CredentialFields } from '../api/deployment';
import { readApiKey, readBaseUrl } from '../api/deployment';
import { inputError } from '../api/errors';
import { pacingFor } from '../api/pacing';
import { pageSizesFor } from '../api/pageSizes';
import { uploadGateFor } from '../api/uploadGate';
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

const registryByKey = new Map<string, StartRegistry>();

function registryFor(key: string): StartRegistry {
	const registry = registryByKey.get(key) ?? new StartRegistry(() => Date.now());
	registryByKey.set(key, registry);
	return registry;
}

const watcherByKey = new Map<string, RunWatcher>();

function watcherFor(key: string): RunWatcher {
	const watcher = watcherByKey.get(key) ?? new RunWatcher(createClock(undefined));
	watcherByKey.set(key, watcher);
	return watcher;
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
	const pacing = pacingFor(key);
	const uploads = uploadGateFor(key);
	const pageSizes = pageSizesFor(key);
	const workspaceId = String(credential.workspaceId ?? '').trim();
	const portsFor: Connection['portsFor'] = (signal, clock) => ({
		send: createSend(context, { baseUrl, apiKey, signal }),
		clock,
		pacing,
		uploads,
		pageSizes,
	});
	return {
		baseUrl,
		portsFor,
		clientFor: (signal, clock) => new ExtendClient(portsFor(signal, clock)),
		registry: registryFor(`${key} ${workspaceId}`),
		// With an organization's key a list shows one workspace only.
		watcher: watcherFor(`${key} ${workspaceId}`),
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
