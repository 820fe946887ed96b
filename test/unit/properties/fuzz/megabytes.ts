import { createHmac } from 'node:crypto';
import { readAskedPauseMs } from '../../../../nodes/Extend/api/backoff';
import { readApiError } from '../../../../nodes/Extend/api/errors';
import { parseJson } from '../../../../nodes/Extend/api/json';
import { pathTo, readPage } from '../../../../nodes/Extend/api/requests';
import { completeFileName } from '../../../../nodes/Extend/documents/fileTypes';
import { parsePageRanges } from '../../../../nodes/Extend/documents/pageRanges';
import { parseFileTypes } from '../../../../nodes/Extend/documents/selection';
import { createRedact } from '../../../../nodes/Extend/n8n/redact';
import { readFileInput } from '../../../../nodes/Extend/parameters/document';
import { readStartOptions } from '../../../../nodes/Extend/parameters/startOptions';
import { failedRunError } from '../../../../nodes/Extend/runs/outcome';
import { simplifyRun } from '../../../../nodes/Extend/runs/output';
import { parseUsageTags } from '../../../../nodes/Extend/starting/metadata';
import { readEvent } from '../../../../nodes/Extend/webhook/event';
import { checkPayloadUrl } from '../../../../nodes/Extend/webhook/payloadUrl';
import { findForgery } from '../../../../nodes/Extend/webhook/signature';
import { fakeRead } from '../../support/fakeRead';

const BASE_URL = 'https://api.extend.ai';
const NOW_MS = Date.UTC(2026, 9, 5);
const NO_OPTIONS = readStartOptions(fakeRead({}));
const redact = createRedact('sk_test_0123456789abcdef');

const answerOf = (text: string, headers: Record<string, string> = {}) => readApiError({ kind: 'answer', status: 502, headers, text });
const sign = (text: string) => createHmac('sha256', 'wss_test_1').update(text).digest('hex');

/** What takes in a text that a stranger can make as long as he likes. */
export const READERS_OF_LONG_TEXTS: Record<string, (text: string) => unknown> = {
	'a page of a proxy': answerOf,
	'a message in an answer': (text) => answerOf(JSON.stringify({ code: text, message: text, requestId: text })),
	'a request ID in a header': (text) => answerOf('{}', { 'x-extend-request-id': text }),
	'a body that is no JSON': parseJson,
	'entries of a list': (text) => readPage(parseJson(JSON.stringify({ data: [{ id: text }] }))),
	'a failure message': (text) => failedRunError({ id: 'clr_1', status: 'FAILED', json: { failureReason: text, failureMessage: text } }),
	'the fields of a run': (text) => simplifyRun({ id: text, output: { id: text, insights: [{ content: text }] }, failureReason: text }),
	'a header that asks to wait': (text) => readAskedPauseMs({ 'retry-after': text, 'x-ratelimit-reset': text }, NOW_MS),
	'whatever may repeat the key': redact,
	'the body of a delivery': (text) => readEvent(Buffer.from(text)),
	'a signature': (text) => findForgery({ headers: { 'x-extend-request-timestamp': '1', 'x-extend-request-signature': text }, rawBody: Buffer.from(text) }, 'wss_test_1', 1_000),
	'a signed body': (text) => findForgery({ headers: { 'x-extend-request-timestamp': '1', 'x-extend-request-signature': sign(`v0:1:${text}`) }, rawBody: Buffer.from(text) }, 'wss_test_1', 1_000),
	'the address of a payload': (text) => checkPayloadUrl(`https://${text}`, BASE_URL),
	'an ID': (text) => pathTo('/classify_runs', text),
	'a link to a document': (text) => readFileInput(fakeRead({ fileSource: 'url', fileUrl: `https://example.com/${text}` }), NO_OPTIONS),
	'a file name': (text) => completeFileName(text, text),
	'page ranges': parsePageRanges,
	'usage tags': parseUsageTags,
	'file types': parseFileTypes,
};

/** Pieces that make a pattern go back over what it has read when they are repeated. */
export const PIECES = ['a', '0', ' ', '.', ',', '-', '/', '\\', '\\u0073', '%73', '&#115;', '<', '<style ', '<script></', '&', '*', '"', '[', '{"a":', '1-', '0,', 'sk_test_0123456789abcde', '\ud800', 'a.a', '://', '00:'];
