import type { JsonObject, JsonValue } from './json';
import { booleanAt, isObject, objectAt, parseJson, stringAt } from './json';

/** Longest piece of a server's text that is shown; proxies answer with whole pages. */
const MAX_TEXT_LENGTH = 500;

/** Longest code or request ID that is shown. @see https://docs.extend.ai/developers/api-versioning IDs have up to 255 characters */
export const MAX_NAME_LENGTH = 255;

/** Longer texts are cut before they are searched for tags. */
const MAX_CLEANED_LENGTH = 10_000;
/** One that is not closed goes to the end: a search for each that never ends would take time with the square of the length. */
const SCRIPTS = /<(style|script)\b[\s\S]*?(?:<\/\1>|$)/gi;
const TAGS = /<[^<>]*>/g;

/** A server's text as it is shown: without tags, on one line, and cut. */
export function plainText(text: string, maxLength = MAX_TEXT_LENGTH): string {
	const words = text.slice(0, MAX_CLEANED_LENGTH).replace(SCRIPTS, ' ').replace(TAGS, ' ').replace(/\s+/g, ' ').trim();
	return words.length > maxLength ? `${words.slice(0, maxLength)}…` : words;
}

/** The part of the body that holds code and message: some endpoints wrap it in `error`. */
function reportedIn(body: JsonValue | undefined): JsonObject | undefined {
	return objectAt(body, 'error') ?? (isObject(body) ? body : undefined);
}

function nameAt(reported: JsonObject | undefined, key: string): string | undefined {
	const name = stringAt(reported, key);
	return name === undefined ? undefined : plainText(name, MAX_NAME_LENGTH);
}

/** What an answer says of itself; `said` is empty where it holds no text for people. */
export interface Report {
	code?: string;
	said: string;
	requestId?: string;
	retryable?: boolean;
	/** Whether the body has the shape of Extend's errors: with a code, or as the version before had them. */
	isExtendsOwn: boolean;
}

/** Reads code, text and request ID out of the body of an answer, in all shapes that Extend and proxies give them. */
export function readReport(text: string): Report {
	const body = parseJson(text);
	const reported = reportedIn(body);
	const code = nameAt(reported, 'code');
	const hasOldShape = booleanAt(body, 'success') === false && isObject(body) && body.error !== undefined;
	return {
		code,
		said: stringAt(reported, 'message') ?? stringAt(body, 'error') ?? '',
		requestId: nameAt(reported, 'requestId'),
		retryable: booleanAt(reported, 'retryable'),
		isExtendsOwn: code !== undefined || hasOldShape,
	};
}

/** The request ID that the headers give, cut like one of the body. */
export function requestIdIn(headers: Readonly<Record<string, string>>): string | undefined {
	const id = plainText(headers['x-extend-request-id'] ?? '', MAX_NAME_LENGTH);
	return id === '' ? undefined : id;
}

/** What an answer says, for a message: its text for people, else the body itself; "no text" where there is nothing. */
export function shownText(said: string, text: string): string {
	// A body without a text for people may hold the secret of an endpoint.
	const shown = said !== '' || isEmpty(parseJson(text)) || /secret/i.test(text) ? said : text;
	const cleaned = trimEndOf(plainText(shown), '.;: ');
	return cleaned === '' ? 'no text' : cleaned;
}

/** The text without these characters at its end; a pattern would take time with the square of their number. */
export function trimEndOf(text: string, characters: string): string {
	let end = text.length;
	while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
	return text.slice(0, end);
}

function isEmpty(body: JsonValue | undefined): boolean {
	return body === null || (isObject(body) && Object.keys(body).length === 0);
}
