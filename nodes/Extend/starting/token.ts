import { createHash } from 'node:crypto';

/** What a run is started for; the same again gives the same token. */
export interface StartPurpose {
	instanceId: string;
	workflowId: string;
	executionId: string;
	nodeId: string;
	runIndex: number;
	itemIndex: number;
	/** Which document of the item: its binary field, else empty. */
	document: string;
}

const TOKEN_LENGTH = 32;
const UNIQUE_PREFIX = 'run:';

/** Whether no other start of any workflow has this token. */
export function isUnique(token: string): boolean {
	return token.startsWith(UNIQUE_PREFIX);
}

function hash(parts: readonly (string | number)[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, TOKEN_LENGTH);
}

/** The token of a document in this very node run; n8n's Retry On Fail gives the same one again. */
export function tokenForPurpose(purpose: StartPurpose): string {
	const { instanceId, workflowId, executionId, nodeId, runIndex, itemIndex, document } = purpose;
	return `${UNIQUE_PREFIX}${hash([instanceId, workflowId, executionId, nodeId, runIndex, itemIndex, document])}`;
}

/**
 * The token of a key that the user chose; the same in every execution.
 * @param document the binary field where the item holds several documents, else empty
 */
export function tokenForKey(idempotencyKey: string, document: string): string {
	return `key:${hash([idempotencyKey, document])}`;
}
