import { ExtendError } from '../../../../nodes/Extend/api/errors';
import { CANARY } from './hostile';

/** What every object inherits; nothing that comes from outside may add to it. */
const SHARED: ReadonlyArray<readonly [string, object]> = [
	['Object.prototype', Object.prototype],
	['Array.prototype', Array.prototype],
	['String.prototype', String.prototype],
	['Function.prototype', Function.prototype],
];

/** Objects that are walked through at most in what a parser gives. */
const MAX_WALKED = 500;

let isWatching = false;
let isReached = false;

function noteReach(): string {
	isReached ||= isWatching;
	return 'inherited';
}

const keysOfShared = (): string => JSON.stringify(SHARED.map(([name, object]) => [name, Reflect.ownKeys(object).map(String)]));

/**
 * Does the work while every object inherits the canary. Whoever takes a text from outside for a key, and does not ask
 * whether it is the object's own, comes to it when the text is `canary`, as he would come to `constructor`.
 * @throws Error when something has been added to what all objects share
 */
export async function withCanary(work: () => Promise<void> | void): Promise<void> {
	const before = keysOfShared();
	const { stackTraceLimit } = Error;
	// Most of the time of a refusal goes into its stack, which nobody reads here.
	Error.stackTraceLimit = 3;
	Object.defineProperty(Object.prototype, CANARY, { get: noteReach, set: noteReach, configurable: true, enumerable: false });
	try {
		await work();
	} finally {
		Reflect.deleteProperty(Object.prototype, CANARY);
		Error.stackTraceLimit = stackTraceLimit;
	}
	if (keysOfShared() !== before) throw new Error('Something was added to what all objects share');
}

/** Anything in a value that JSON cannot have brought: a function, or what all objects share. */
function findStrange(value: unknown): string | undefined {
	const open: unknown[] = [value];
	for (let walked = 0; open.length > 0 && walked < MAX_WALKED; walked++) {
		const next = open.pop();
		if (typeof next === 'function') return 'gave a function';
		if (typeof next !== 'object' || next === null || next instanceof Error) continue;
		const shared = SHARED.find(([, object]) => object === next);
		if (shared !== undefined) return `gave ${shared[0]}`;
		open.push(...Object.values(next));
	}
	return undefined;
}

function breachOf(caught: unknown): string | undefined {
	const text = caught instanceof Error ? (caught.stack ?? caught.message) : String(caught);
	if (!(caught instanceof ExtendError)) return `threw what is not ours: ${text}`;
	if (caught.facts.code === 'UNEXPECTED') return `threw something unforeseen: ${text}`;
	return caught.message === '' || caught.advice === '' ? 'threw an error without a text' : undefined;
}

/** What is wrong with how a parser has taken a value; undefined where nothing is. */
export async function findBreach(parse: () => unknown): Promise<string | undefined> {
	isReached = false;
	isWatching = true;
	let breach: string | undefined;
	try {
		breach = findStrange(await parse());
	} catch (caught) {
		breach = breachOf(caught);
	} finally {
		isWatching = false;
	}
	return isReached ? 'looked a key up on Object.prototype' : breach;
}
