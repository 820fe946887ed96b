import { describeNetworkError } from '../../../nodes/Extend/api/networkErrors';

const same = (text: string): string => text;

/** What n8n's helper throws: an error of its own around that of the connection. */
function wrapped(code: string): Error {
	return new Error('The service refused the connection', { cause: Object.assign(new Error(`connect ${code}`), { code }) });
}

/** The same in n8n before 2.34, which drops the inner error and keeps its code under another name. */
function wrappedByOlderN8n(code: string): Error {
	return Object.assign(new Error('The service refused the connection'), { cause: undefined, httpCode: code });
}

describe('describeNetworkError', () => {
	describe.each([
		['as n8n wraps it', wrapped],
		['as n8n before 2.34 wraps it', wrappedByOlderN8n],
		['as it is thrown by a request without a credential', (code: string) => Object.assign(new Error('connect'), { code })],
	])('of an error %s', (_, make) => {
		it.each([
			['ECONNREFUSED', { kind: 'notSent', cause: 'the connection was refused' }],
			['ENOTFOUND', { kind: 'notSent', cause: 'its host name is not known' }],
			['ECONNRESET', { kind: 'lost', cause: 'the connection broke off' }],
			['ECONNABORTED', { kind: 'lost', cause: 'no answer came within 30 s' }],
			['ERR_SOMETHING_NEW', { kind: 'lost', cause: 'the connection did not hold' }],
			['ERR_SSL_BAD_RECORD_TYPE', { kind: 'lost', cause: 'the connection did not hold' }],
			['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', { kind: 'lost', cause: 'the connection did not hold' }],
			['EPROTO', { kind: 'lost', cause: 'the connection did not hold' }],
			['ERR_TLS_CERT_ALTNAME_INVALID', { kind: 'impossible', cause: 'its certificate is not trusted (ERR_TLS_CERT_ALTNAME_INVALID)' }],
			['UNABLE_TO_VERIFY_LEAF_SIGNATURE', { kind: 'impossible', cause: 'its certificate is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)' }],
			['DEPTH_ZERO_SELF_SIGNED_CERT', { kind: 'impossible', cause: 'its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)' }],
		])('tells what %s means', (code, expected) => {
			expect(describeNetworkError(make(code), 30_000, same)).toEqual(expected);
		});
	});

	it('says that a port speaks no https', () => {
		const fault = Object.assign(new Error('write EPROTO 139:error:0A00010B:SSL routines:ssl3_get_record:wrong version number'), { code: 'EPROTO' });
		expect(describeNetworkError(fault, 30_000, same)).toEqual({ kind: 'impossible', cause: 'its port does not speak https; try http:// in the Base URL' });
	});

	it.each([
		'The request was blocked because the destination hostname is restricted',
		'Domain not allowed: This credential is restricted from accessing extend.example.com.',
	])('takes a request that n8n refuses to send for one that another try does not mend: %s', (text) => {
		expect(describeNetworkError(new Error(text), 30_000, same)).toEqual({ kind: 'impossible', cause: text });
	});

	it.each([
		['ERR_INVALID_URL', 'its address is not valid'],
		['ERR_INVALID_CHAR', 'the API key or the Workspace ID holds a character that cannot be sent'],
	])('takes what cannot be put on the wire for one that another try does not mend: %s', (code, cause) => {
		expect(describeNetworkError(Object.assign(new Error('x'), { code }), 30_000, same)).toEqual({ kind: 'impossible', cause });
	});

	it.each([
		[new Error('aborted'), 'no whole answer came (aborted)'],
		[new Error('unexpected end of file'), 'no whole answer came (unexpected end of file)'],
		[new Error(''), 'no whole answer came'],
		['thrown', 'no whole answer came (thrown)'],
		[undefined, 'no whole answer came (undefined)'],
	])('takes an error without a code for an answer that was lost: %p', (caught, cause) => {
		expect(describeNetworkError(caught, 30_000, same)).toEqual({ kind: 'lost', cause });
	});

	it('keeps the key out of what it says', () => {
		const redact = (text: string): string => text.replace('sk_1', '***');
		expect(describeNetworkError(new Error('cut at sk_1'), 30_000, redact)).toEqual({ kind: 'lost', cause: 'no whole answer came (cut at ***)' });
	});

	it.each([null, '', '200', '404'])('does not take the status %j of an answer for the code of a connection', (httpCode) => {
		expect(describeNetworkError(Object.assign(new Error('aborted'), { httpCode }), 30_000, same)).toMatchObject({ kind: 'lost' });
	});
});
