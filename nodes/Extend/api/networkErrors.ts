import type { HttpResult } from './http';
import { lookUp } from './json';
import { plainText } from './report';

/** Network errors before a request has left: Extend cannot have acted. */
const NOT_SENT: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ENOTFOUND: 'its host name is not known',
	EAI_AGAIN: 'its host name could not be looked up',
	EHOSTUNREACH: 'there is no way to its host',
	ENETUNREACH: 'there is no way to its network',
};

/** Network errors that leave open whether the request arrived. */
const LOST: Record<string, string> = {
	ECONNRESET: 'the connection broke off',
	EPIPE: 'the connection broke off',
	ETIMEDOUT: 'the connection went silent',
};

const TIMEOUT_CODE = 'ECONNABORTED';
/** What cannot be put on the wire at all. */
const UNSENDABLE: Record<string, string> = {
	ERR_INVALID_URL: 'its address is not valid',
	ERR_INVALID_CHAR: 'the API key or the Workspace ID holds a character that cannot be sent',
};
/** Verdicts on a certificate, before anything is sent. Codes that begin with ERR_SSL_ can come at any later moment. */
const CERTIFICATE = /^(?!ERR_SSL_).*(CERT|SIGNATURE)/;
/** How a port that speaks plain http looks from the side of TLS. */
const NO_TLS = /wrong version number/;
/** How n8n's own rules refuse a request before it is sent; such errors have no code. */
const FORBIDDEN = /^(Domain not allowed: |The request was blocked because )/;

function stringIn(value: unknown, key: string): string | undefined {
	const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
	return typeof found === 'string' ? found : undefined;
}

/** The system's code for a dropped connection; n8n wraps the error that has it. */
function codeOf(caught: unknown): string | undefined {
	const cause: unknown = caught instanceof Error ? caught.cause : undefined;
	return stringIn(cause, 'code') ?? stringIn(caught, 'code') ?? codeKeptByOlderN8n(caught);
}

/** n8n before 2.34 drops the error that it wraps; its code stays, where otherwise the status of an answer is. */
function codeKeptByOlderN8n(caught: unknown): string | undefined {
	const httpCode = stringIn(caught, 'httpCode');
	return httpCode !== undefined && /^[A-Z]/.test(httpCode) ? httpCode : undefined;
}

/**
 * What a request that got no answer means, in words without system codes: n8n swaps texts that hold one. Whatever is not
 * known to be unsent may have arrived: n8n before 2.34 has no code for an answer that breaks off in its body.
 * @param caught what n8n's HTTP helper threw
 * @param redact takes the API key out of a text
 */
export function describeNetworkError(caught: unknown, timeoutMs: number, redact: (text: string) => string): HttpResult {
	const code = codeOf(caught);
	const text = redact(caught instanceof Error ? caught.message : String(caught));
	if (code === undefined) return FORBIDDEN.test(text) ? { kind: 'impossible', cause: text } : { kind: 'lost', cause: describeCutAnswer(text) };
	const notSent = lookUp(NOT_SENT, code);
	if (notSent !== undefined) return { kind: 'notSent', cause: notSent };
	const unsendable = lookUp(UNSENDABLE, code);
	if (unsendable !== undefined) return { kind: 'impossible', cause: unsendable };
	if (code === 'EPROTO' && NO_TLS.test(text)) return { kind: 'impossible', cause: 'its port does not speak https; try http:// in the Base URL' };
	if (CERTIFICATE.test(code)) return { kind: 'impossible', cause: `its certificate is not trusted (${code})` };
	if (code === TIMEOUT_CODE) return { kind: 'lost', cause: `no answer came within ${timeoutMs / 1_000} s` };
	return { kind: 'lost', cause: lookUp(LOST, code) ?? 'the connection did not hold' };
}

const MAX_REASON_LENGTH = 200;

function describeCutAnswer(text: string): string {
	const reason = plainText(text, MAX_REASON_LENGTH);
	return reason === '' ? 'no whole answer came' : `no whole answer came (${reason})`;
}
