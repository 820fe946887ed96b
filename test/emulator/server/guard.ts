import type { FastifyRequest } from 'fastify';
import type { EmulatorOptions } from '../options';
import { ApiProblem, invalid } from './errors';

type Headers = FastifyRequest['headers'];

export const API_VERSION = '2026-02-09';

/**
 * Checks key, workspace and API version, in this order.
 * @throws ApiProblem 401, 400 or 403
 * @see https://docs.extend.ai/2026-02-09/api-reference/authentication
 */
export function checkCaller(headers: Headers, options: EmulatorOptions): void {
	const key = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
	if (key === undefined) throw new ApiProblem(401, 'No API key provided.');
	const needsWorkspace = options.organizationKeys.includes(key);
	if (!needsWorkspace && !options.apiKeys.includes(key)) throw new ApiProblem(401, 'Invalid API key.');
	checkWorkspace(headers['x-extend-workspace-id'], needsWorkspace, options.workspaceIds);
	checkVersion(headers['x-extend-api-version'], options.requireApiVersion);
}

function checkWorkspace(given: Headers[string], needed: boolean, accepted: string[] | undefined): void {
	if (given === undefined && needed) {
		throw invalid('The header x-extend-workspace-id is required with an organization-scoped API key.');
	}
	const isKnown = given === undefined || accepted === undefined || accepted.includes(String(given));
	if (!isKnown) throw new ApiProblem(403, 'The API key has no access to this workspace.');
}

function checkVersion(given: Headers[string], required: boolean): void {
	if (given === API_VERSION) return;
	if (given !== undefined) throw invalid(`API version ${String(given)} is not known here.`);
	if (required) throw invalid('The header x-extend-api-version is required.');
}
