import type { HttpAnswer } from '../../../nodes/Extend/api/http';
import type { JsonValue } from '../../../nodes/Extend/api/json';

/** An answer of Extend with a JSON body. */
export function answer(status: number, body: JsonValue, headers: Record<string, string> = {}): HttpAnswer {
	return { kind: 'answer', status, headers, text: JSON.stringify(body) };
}

/** An answer with a body that is no JSON, as proxies send it. */
export function textAnswer(status: number, text: string, headers: Record<string, string> = {}): HttpAnswer {
	return { kind: 'answer', status, headers, text };
}
