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
			['DEPTH_ZERO_SELF_SIGNED_CERT', { kind: 'impossible', cause: 'its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)' }],
		])('tells what %s means', (code, expected) => {
			expect(describeFault(make(code), 30_000, same)).toEqual(expected);
		});
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
