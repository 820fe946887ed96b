import { inputError } from '../api/errors';

/** How the address of a thing in the Extend dashboard shows its ID. */
export interface LinkKind {
	/** What the link leads to, for messages. */
	name: string;
	/** What its IDs begin with. */
	prefixes: readonly string[];
	/** Parts of the path behind which an ID stands whatever it begins with: prefixes may change. */
	folders: readonly string[];
}

/** @see https://docs.extend.ai/developers/api-versioning IDs and their prefixes may change */
export const CLASSIFIER_LINK: LinkKind = {
	name: 'classifier',
	prefixes: ['cl_', 'cls_', 'dp_'],
	folders: ['classifiers', 'classifier', 'processors', 'processor'],
};
export const RUN_LINK: LinkKind = {
	name: 'run',
	prefixes: ['clr_', 'dpr_'],
	folders: ['runs', 'run', 'classify_runs', 'classifier_runs', 'processor_runs'],
};

export const BATCH_LINK: LinkKind = { name: 'batch', prefixes: ['bpr_'], folders: ['batches', 'batch', 'batch_runs'] };
export const FILE_LINK: LinkKind = { name: 'file', prefixes: ['file_'], folders: ['files', 'file'] };

const IS_LINK = /^https?:\/\//i;
const IS_ID = /^[A-Za-z0-9_-]+$/;

/**
 * The ID that a text names: the one in a link to the Extend dashboard, else the text as it is.
 * @throws ExtendError for a link that leads elsewhere
 */
export function idIn(text: string, kind: LinkKind): string {
	if (!IS_LINK.test(text)) return text;
	const parts = URL.canParse(text) ? partsOf(new URL(text)) : [];
	const id = parts.find((part) => kind.prefixes.some((prefix) => part.startsWith(prefix))) ?? idBehindFolder(parts, kind);
	if (id !== undefined) return id;
	throw inputError(`The link "${text}" does not lead to a ${kind.name}`, `Copy the address of the ${kind.name} from the Extend dashboard, or enter its ID.`);
}

/** The parts of the address that can be IDs or folders; the dashboard may keep them behind the hash. */
function partsOf({ pathname, hash }: URL): string[] {
	return [...pathname.split('/'), ...hash.slice(1).split('/')].filter((part) => IS_ID.test(part));
}

function idBehindFolder(parts: readonly string[], { folders }: LinkKind): string | undefined {
	const at = parts.findIndex((part) => folders.includes(part));
	return at === -1 ? undefined : parts[at + 1];
}
