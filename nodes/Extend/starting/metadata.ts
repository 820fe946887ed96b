import { inputError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { isObject, parseJson, stringsAt } from '../api/json';
import { WORKFLOW_KEY } from '../runs/workflowMark';

/** Our key in the metadata of every run this package starts; it names what the run was started for. */
export const START_KEY = 'n8n:start';
/** Tells in which order the runs of a batch were given: by item and document, such as `12.0`. */
export const POSITION_KEY = 'n8n:position';
const OWN_PREFIX = 'n8n:';
/** @see https://docs.extend.ai/2026-02-09/api-reference tags for the breakdown of usage */
export const USAGE_TAGS_KEY = 'extend:usage_tags';
/** @see https://docs.extend.ai/2026-02-09/api-reference metadata is at most 10 KB */
const MAX_METADATA_BYTES = 10 * 1_024;

/**
 * Tags from a comma-separated text.
 * @throws ExtendError for characters that Extend would strip without a word
 */
export function parseUsageTags(text: string): string[] {
	const tags = text.split(',').map((tag) => tag.trim()).filter((tag) => tag !== '');
	const unusable = tags.find((tag) => !/^[A-Za-z0-9_-]+$/.test(tag));
	if (unusable === undefined) return tags;
	throw inputError(
		`The usage tag "${unusable}" has characters that Extend does not keep`,
		'Use letters, digits, - and _ only, and put commas between tags.',
	);
}

/** What we put into the metadata of a run ourselves. */
export interface OurMetadata {
	startKey: string;
	position?: string;
	/** The mark of the workflow that starts the run; the trigger's filter for own runs looks for it. */
	workflowMark?: string;
}

/** The keys that an earlier run's metadata has from us; a workflow that hands it on means the rest. */
const OUR_KEYS = new Set([START_KEY, POSITION_KEY, WORKFLOW_KEY]);

/** The user's metadata as JSON, without our keys. @throws ExtendError for what is no JSON, and for other keys kept for us */
function readOwn(own: JsonObject): JsonObject {
	const plain = asJson(own);
	const entries = Object.entries(plain).filter(([key]) => !OUR_KEYS.has(key));
	const reserved = entries.find(([key]) => key.startsWith(OWN_PREFIX));
	if (reserved === undefined) return Object.fromEntries(entries);
	throw inputError(`The metadata key "${reserved[0]}" is kept for this node`, `Choose a key that does not begin with "${OWN_PREFIX}".`);
}

/** An expression can give what JSON has no words for, such as a value that holds itself. */
function asJson(own: JsonObject): JsonObject {
	try {
		const plain = parseJson(JSON.stringify(own));
		if (isObject(plain)) return plain;
	} catch {
		// Told below, as everything that comes out as no object.
	}
	throw inputError('The metadata cannot be written as JSON', 'Enter an object of texts, numbers, lists and objects.');
}

/**
 * The metadata of a run: the user's own, the tags, and our keys. Ours in the user's are dropped: they come from an earlier run.
 * @throws ExtendError for a key that is kept for us, or for more than 10 KB in all
 */
export function buildMetadata(own: JsonObject, usageTags: string[], { startKey, position, workflowMark }: OurMetadata): JsonObject {
	const kept = readOwn(own);
	const tags: JsonObject = usageTags.length === 0 ? {} : { [USAGE_TAGS_KEY]: [...new Set([...stringsAt(kept, USAGE_TAGS_KEY), ...usageTags])] };
	const order: JsonObject = position === undefined ? {} : { [POSITION_KEY]: position };
	const workflow: JsonObject = workflowMark === undefined ? {} : { [WORKFLOW_KEY]: workflowMark };
	const metadata: JsonObject = { ...kept, ...tags, [START_KEY]: startKey, ...order, ...workflow };
	const sizeBytes = new TextEncoder().encode(JSON.stringify(metadata)).length;
	if (sizeBytes > MAX_METADATA_BYTES) {
		throw inputError(
			`The metadata is ${sizeBytes} bytes long, more than the ${MAX_METADATA_BYTES} that Extend takes`,
			'Send IDs instead of whole records, and look the rest up later.',
		);
	}
	return metadata;
}
