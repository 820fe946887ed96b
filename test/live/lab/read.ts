import { z } from 'zod';
import type { Answer } from './http';

const object = z.record(z.unknown());

/** The object in anything, else an empty one. */
export function objectIn(value: unknown): Record<string, unknown> {
	const parsed = object.safeParse(value);
	return parsed.success ? parsed.data : {};
}

export function textAt(value: unknown, key: string): string | undefined {
	const found = objectIn(value)[key];
	return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: unknown, key: string): number | undefined {
	const found = objectIn(value)[key];
	return typeof found === 'number' ? found : undefined;
}

export function listAt(value: unknown, key: string): unknown[] {
	const found = objectIn(value)[key];
	return Array.isArray(found) ? found : [];
}

export function isGood({ status }: Answer): boolean {
	return status >= 200 && status < 300;
}

/** Whether a refusal comes wrapped in `error`. */
export function isWrapped({ body }: Answer): boolean {
	return Object.keys(objectIn(objectIn(body).error)).length > 0;
}

/** The part of a refusal that holds code and message. */
export function refusalIn(answer: Answer): Record<string, unknown> {
	const body = objectIn(answer.body);
	return isWrapped(answer) ? objectIn(body.error) : body;
}

/** "taken", or "refused with 400 INVALID_REQUEST". */
export function describeAnswer(answer: Answer): string {
	if (isGood(answer)) return 'taken';
	return `refused with ${answer.status} ${textAt(refusalIn(answer), 'code') ?? 'without a code'}`;
}

/** What a refusal says, for a person to read. */
export function messageIn(answer: Answer): string {
	return textAt(refusalIn(answer), 'message') ?? textAt(answer.body, 'error') ?? JSON.stringify(answer.body).slice(0, 200);
}
