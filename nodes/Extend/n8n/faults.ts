import type { HttpResult } from '../api/http';
import { lookUp } from '../api/json';

/** Faults before a request has left: Extend cannot have acted. */
const NOT_SENT: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ENOTFOUND: 'its host name is not known',
	EAI_AGAIN: 'its host name could not be looked up',
	EHOSTUNREACH: 'there is no way to its host',
	ENETUNREACH: 'there is no way to its network',
};

/** Faults in which it is open whether the request arrived. */
const LOST: Record<string, string> = {
	ECONNRESET: 'the connection broke off',
	EPIPE: 'the connection broke off',
	ETIMEDOUT: 'the connection went silent',
};

const TIMEOUT_CODE = 'ECONNABORTED';
/** Verdicts on a certificate, before anything is sent. Codes that begin with ERR_SSL_ can come at any later moment. */
const CERTIFICATE = /^(?!ERR_SSL_).*(CERT|SIGNATURE)/;
/** How a port that speaks plain http looks from the side of TLS. */
const NO_TLS = /wrong version number/;

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
 * What a request that got no answer means, in words without system codes: n8n swaps texts that hold one.
 * @param caught what n8n's HTTP helper threw
 * @param redact takes the API key out of a text
 */
export function describeFault(caught: unknown, timeoutMs: number, redact: (text: string) => string): HttpResult {
	const code = codeOf(caught);
	const text = redact(caught instanceof Error ? caught.message : String(caught));
	if (code === undefined) return { kind: 'impossible', cause: text };
	const notSent = lookUp(NOT_SENT, code);
	if (notSent !== undefined) return { kind: 'notSent', cause: notSent };
	if (code === 'EPROTO' && NO_TLS.test(text)) return { kind: 'impossible', cause: 'its port does not speak https; try http:// in the Base URL' };
	if (CERTIFICATE.test(code)) return { kind: 'impossible', cause: `its certificate is not trusted (${code})` };
	if (code === TIMEOUT_CODE) return { kind: 'lost', cause: `no answer came within ${timeoutMs / 1_000} s` };
	return { kind: 'lost', cause: lookUp(LOST, code) ?? 'the connection did not hold' };
}
