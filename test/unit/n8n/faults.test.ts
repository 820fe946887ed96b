import { describeFault } from '../../../nodes/Extend/n8n/faults';

const same = (text: string): string => text;

/** What n8n's helper throws: an error of its own around that of the connection. */
function wrapped(code: string): Error {
	return new Error('The service refused the connection', { cause: Object.assign(new Error(`connect ${code}`), { code }) });
}

/** The same in n8n before 2.34, which drops the inner error and keeps its code under another name. */
function wrappedByOlderN8n(code: string): Error {
	return Object.assign(new Error('The service refused the connection'), { cause: undefined, httpCode: code });
}

describe('describeFault', () => {
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
			expect(describeFault(make(code), 30_000, same)).toEqual(expected);
		});
	});

	it('says that a port speaks no https', () => {
		const fault = Object.assign(new Error('write EPROTO 139:error:0A00010B:SSL routines:ssl3_get_record:wrong version number'), { code: 'EPROTO' });
		expect(describeFault(fault, 30_000, same)).toEqual({ kind: 'impossible', cause: 'its port does not speak https; try http:// in the Base URL' });
	});

	it('takes an error that has no code for one that another try does not mend, and keeps the key out of it', () => {
		const redact = (text: string): string => text.replace('sk_1', '***');
		expect(describeFault(new Error('No credential for sk_1'), 30_000, redact)).toEqual({ kind: 'impossible', cause: 'No credential for ***' });
		expect(describeFault('thrown', 30_000, redact)).toEqual({ kind: 'impossible', cause: 'thrown' });
	});

	it.each([null, '', '404'])('does not take the status %j of an answer for the code of a connection', (httpCode) => {
		expect(describeFault(Object.assign(new Error('Not found'), { httpCode }), 30_000, same)).toEqual({ kind: 'impossible', cause: 'Not found' });
	});
});
