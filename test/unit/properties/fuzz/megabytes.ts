import { createHmac } from 'node:crypto';
import { parseHttpDateMs, readAskedPauseMs } from '../../../../nodes/Extend/api/backoff';
import { readApiKey, readBaseUrl } from '../../../../nodes/Extend/api/deployment';
import { otherAnswer, readApiError, unreadableAnswer } from '../../../../nodes/Extend/api/errors';
import { parseJson } from '../../../../nodes/Extend/api/json';
import { describeNetworkError } from '../../../../nodes/Extend/api/networkErrors';
import { pathTo, readPage } from '../../../../nodes/Extend/api/requests';
import { isBlank, trimBlanks } from '../../../../nodes/Extend/documents/blanks';
import { completeFileName, nameText, renameFile } from '../../../../nodes/Extend/documents/fileNames';
import { parsePageRanges } from '../../../../nodes/Extend/documents/pageRanges';
import { parseFileTypes, selectFields } from '../../../../nodes/Extend/documents/selection';
import { readItemContent } from '../../../../nodes/Extend/n8n/itemContent';
import { createRedact } from '../../../../nodes/Extend/api/redact';
import { readFileInput } from '../../../../nodes/Extend/parameters/document';
import { CLASSIFIER_LINK, idIn, RUN_LINK } from '../../../../nodes/Extend/parameters/links';
import { readStartOptions } from '../../../../nodes/Extend/parameters/startOptions';
import { failedRunError } from '../../../../nodes/Extend/runs/outcome';
import { simplifyRun } from '../../../../nodes/Extend/runs/output';
import { parseUsageTags } from '../../../../nodes/Extend/starting/metadata';
import { readEvent } from '../../../../nodes/Extend/webhook/event';
import { checkPayloadUrl } from '../../../../nodes/Extend/webhook/payloadUrl';
import { isPublicHost } from '../../../../nodes/Extend/webhook/publicHost';
import type { SignedRequest } from '../../../../nodes/Extend/webhook/signature';
import { findRejectionReason } from '../../../../nodes/Extend/webhook/signature';
import { fakeRead } from '../../support/fakeRead';

const BASE_URL = 'https://api.extend.ai';
const NOW_MS = Date.UTC(2026, 9, 5);
const NO_OPTIONS = readStartOptions(fakeRead({}));
const redact = createRedact('sk_test_0123456789abcdef');

const answerOf = (text: string, headers: Record<string, string> = {}) => readApiError({ kind: 'answer', status: 502, headers, text });
const sign = (text: string) => createHmac('sha256', 'wss_test_1').update(text).digest('hex');

/** Something that reads what a long text has been made into, which takes no time of its own. */
export interface LongRead {
	prepare: (text: string) => unknown;
	read: (prepared: unknown) => unknown;
}

function reads<T>(prepare: (text: string) => T, read: (prepared: T) => unknown): LongRead {
	return { prepare, read: (prepared) => read(prepared as T) };
}

const asIs = (read: (text: string) => unknown) => reads((text) => text, read);

function signedWith(text: string, signature: string): SignedRequest {
	return { headers: { 'x-extend-request-timestamp': '1', 'x-extend-request-signature': signature }, rawBody: Buffer.from(text) };
}

/** What takes in a text that a stranger can make as long as he likes. */
export const LONG_READS: Record<string, LongRead> = {
	'a page of a proxy': asIs(answerOf),
	'a message in an answer': reads((text) => JSON.stringify({ code: text, message: text, requestId: text }), answerOf),
	'a request ID in a header': asIs((text) => answerOf('{}', { 'x-extend-request-id': text })),
	'where a redirect leads, and a type of content': asIs((text) => readApiError({ kind: 'answer', status: 302, headers: { location: text, 'content-type': text }, text: '' })),
	'JSON of another shape': reads((text) => JSON.stringify([text]), (text) => otherAnswer({ kind: 'answer', status: 200, headers: {}, text }, 'a run')),
	'a web page in place of JSON': asIs((text) => unreadableAnswer({ kind: 'answer', status: 200, headers: {}, text: `<${text}` }, 'a run')),
	'a code and a text of the HTTP helper': asIs((text) => describeNetworkError(Object.assign(new Error(text), { code: text }), 1_000, redact)),
	'an error of the HTTP helper without a code': asIs((text) => describeNetworkError(new Error(text), 1_000, redact)),
	'a date of an answer': asIs((text) => parseHttpDateMs(`Mon, ${text}`)),
	'a Base URL': asIs((text) => readBaseUrl({ region: 'custom', baseUrl: `https://${text}` })),
	'an API key': asIs((text) => readApiKey({ apiKey: `Bearer ${text}` })),
	'the host of a webhook': asIs((text) => isPublicHost(text)),
	'a blank text': asIs((text) => [isBlank(text), trimBlanks(text)]),
	'a chosen file name': asIs((text) => [renameFile(text, { fileName: text, mimeType: text }), nameText(text)]),
	'names of fields': asIs((text) => selectFields(text, [text])),
	'a link into the dashboard': asIs((text) => [idIn(`https://dashboard.extend.ai/${text}`, RUN_LINK), idIn(text, CLASSIFIER_LINK)]),
	'content of an item': asIs((text) => readItemContent(text, 'data')),
	'a body that is no JSON': asIs(parseJson),
	'entries of a list': reads((text) => JSON.stringify({ data: [{ id: text }] }), (body) => readPage(parseJson(body))),
	'a failure message': asIs((text) => failedRunError({ id: 'clr_1', status: 'FAILED', json: { failureReason: text, failureMessage: text } })),
	'the fields of a run': asIs((text) => simplifyRun({ id: text, output: { id: text, insights: [{ content: text }] }, failureReason: text })),
	'a header that asks to wait': asIs((text) => readAskedPauseMs({ 'retry-after': text, 'x-ratelimit-reset': text }, NOW_MS)),
	'whatever may repeat the key': asIs(redact),
	'the body of a delivery': reads((text) => Buffer.from(text), readEvent),
	'a signature': reads((text) => signedWith(text, text), (request) => findRejectionReason(request, 'wss_test_1', 1_000)),
	'a signed body': reads((text) => signedWith(text, sign(`v0:1:${text}`)), (request) => findRejectionReason(request, 'wss_test_1', 1_000)),
	'the address of a payload': asIs((text) => checkPayloadUrl(`https://${text}`, BASE_URL)),
	'an ID': asIs((text) => pathTo('/classify_runs', text)),
	'a link to a document': asIs((text) => readFileInput(fakeRead({ fileSource: 'url', fileUrl: `https://example.com/${text}` }), NO_OPTIONS)),
	'a file name': asIs((text) => completeFileName(text, text)),
	'page ranges': asIs(parsePageRanges),
	'usage tags': asIs(parseUsageTags),
	'file types': asIs(parseFileTypes),
};

/** Pieces that make a pattern go back over what it has read when they are repeated. */
export const PIECES = ['a', '0', ' ', '.', ',', '-', '/', '\\', '\\u0073', '%73', '&#115;', '<', '<style ', '<script></', '&', '*', '"', '[', '{"a":', '1-', '0,', 'sk_test_0123456789abcde', '\ud800', 'a.a', '://', '00:'];
