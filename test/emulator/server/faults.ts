import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context';
import { errorBody } from './errors';
import type { Recorder } from './records';

/** What can go wrong with one request, on demand of `options.onRequest`. */
export type Fault =
	| { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
	| { kind: 'html'; status: number }
	| { kind: 'delay'; ms: number }
	/** The connection is reset and nothing was done. */
	| { kind: 'resetBefore' }
	/** The request is carried out, then the connection is reset instead of answered. */
	| { kind: 'resetAfter' }
	/** No answer ever; the connection stays open. */
	| { kind: 'hang' }
	/** The request is carried out, but its JSON stops in the middle. */
	| { kind: 'truncate' };

/** Asks `options.onRequest` about each request and does what it says; also notes how each was answered. */
export function installFaults(app: FastifyInstance, context: Context, recorder: Recorder): void {
	const faults = new WeakMap<FastifyRequest, Fault>();

	app.addHook('preHandler', async (request, reply) => {
		const record = recorder.of(request);
		const fault = record && context.options.onRequest?.(record);
		if (fault === undefined) return;
		faults.set(request, fault);
		if (fault.kind === 'delay') await context.timers.pause(fault.ms);
		if (answerInstead(fault, request, reply)) return reply;
	});

	app.addHook('onSend', async (request, reply, payload) => {
		const fault = faults.get(request);
		if (fault?.kind === 'resetAfter') {
			request.raw.socket.resetAndDestroy();
			return payload;
		}
		const record = recorder.of(request);
		if (record) record.status = reply.statusCode;
		const cuts = fault?.kind === 'truncate' && typeof payload === 'string';
		return cuts ? payload.slice(0, Math.ceil(payload.length / 2)) : payload;
	});
}

/** Whether the fault takes the place of the request's handler. */
function answerInstead(fault: Fault, request: FastifyRequest, reply: FastifyReply): boolean {
	switch (fault.kind) {
		case 'status':
			sendStatus(fault, request, reply);
			return true;
		case 'html':
			reply.code(fault.status).type('text/html').send(gatewayPage(fault.status));
			return true;
		case 'resetBefore':
			reply.hijack();
			request.raw.socket.resetAndDestroy();
			return true;
		case 'hang':
			reply.hijack();
			return true;
		default:
			return false;
	}
}

function sendStatus(fault: Fault & { kind: 'status' }, request: FastifyRequest, reply: FastifyReply): void {
	const message = `The stand-in was told to answer with status ${fault.status}.`;
	const body = fault.body ?? errorBody({ status: fault.status, message }, request.id);
	reply
		.code(fault.status)
		.headers(fault.headers ?? {})
		.send(body);
}

function gatewayPage(status: number): string {
	return `<html><head><title>${status}</title></head><body>${status}</body></html>`;
}
