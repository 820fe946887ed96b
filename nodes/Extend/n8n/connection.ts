import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { ExtendClient } from '../api/client';
import type { Clock } from '../api/clock';
import { readApiKey, readBaseUrl } from '../api/deployment';
import { inputError } from '../api/errors';
import { pacingFor } from '../api/pacing';
import { createSend } from './send';

/** A client of Extend whose requests and pauses end with the signal. */
export type ClientFor = (signal: AbortSignal | undefined, clock: Clock) => ExtendClient;

/**
 * Reads the credential once for all clients of a node run.
 * @throws ExtendError when its Base URL cannot be used
 */
export async function connect(context: IExecuteFunctions | ILoadOptionsFunctions): Promise<ClientFor> {
	const credential = await context.getCredentials('extendApi');
	const baseUrl = readBaseUrl(credential);
	if (baseUrl === undefined) {
		throw inputError(
			'The Base URL in the credential does not begin with http:// or https://',
			'Open the credential and enter a full address, such as https://extend.example.com.',
		);
	}
	const apiKey = readApiKey(credential);
	const pacing = pacingFor(createHash('sha256').update(`${baseUrl} ${apiKey}`).digest('hex'));
	return (signal, clock) => new ExtendClient({ send: createSend(context, { baseUrl, apiKey, signal }), clock, pacing });
}
