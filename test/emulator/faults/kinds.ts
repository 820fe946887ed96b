import type { Fault } from './fault';

/** What a kind of fault may vary by. */
export interface Draw {
	/** In [0, 1). */
	random: number;
	nowMs: number;
}

const TOO_MANY = { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many requests.', retryable: true };
const RETRY_AFTER_SECONDS = 1;
/** Long enough for several requests to meet it. */
const REFUSE_MS = 200;
const LONGEST_DELAY_MS = 1_000;

function tooMany(retryAfter?: string): Fault {
	const headers = retryAfter === undefined ? undefined : { 'retry-after': retryAfter };
	return { kind: 'status', status: 429, headers, body: TOO_MANY };
}

/** HTTP dates have whole seconds; rounding down would name a moment that is too early. */
function dateAfter(nowMs: number): string {
	return new Date((Math.ceil(nowMs / 1_000) + RETRY_AFTER_SECONDS) * 1_000).toUTCString();
}

/** Every kind of fault by its name. */
const KINDS = {
	refuse: () => ({ kind: 'refuse', ms: REFUSE_MS }),
	drop: () => ({ kind: 'drop' }),
	resetBefore: () => ({ kind: 'resetBefore' }),
	resetAfter: () => ({ kind: 'resetAfter' }),
	delay: ({ random }) => ({ kind: 'delay', ms: Math.round(random * LONGEST_DELAY_MS) }),
	hang: () => ({ kind: 'hang' }),
	tooMany: () => tooMany(),
	tooManySeconds: () => tooMany(String(RETRY_AFTER_SECONDS)),
	tooManyDate: ({ nowMs }) => tooMany(dateAfter(nowMs)),
	html500: () => ({ kind: 'html', status: 500 }),
	html502: () => ({ kind: 'html', status: 502 }),
	html503: () => ({ kind: 'html', status: 503 }),
	/** A gateway that gave up although the request was carried out. */
	html504: () => ({ kind: 'html', status: 504, acts: true }),
	/** A sign-in page or the like, where JSON should be. */
	html200: () => ({ kind: 'html', status: 200 }),
	truncate: () => ({ kind: 'truncate' }),
	contentType: () => ({ kind: 'contentType', type: 'text/html' }),
} as const satisfies Record<string, (draw: Draw) => Fault>;

export type FaultKind = keyof typeof KINDS;

export function isFaultKind(name: string): name is FaultKind {
	return Object.hasOwn(KINDS, name);
}

/** The names of all kinds of faults. */
export const FAULT_KINDS = Object.keys(KINDS).filter(isFaultKind);

/** A fault of this kind. */
export function faultOf(kind: FaultKind, draw: Draw): Fault {
	return KINDS[kind](draw);
}
