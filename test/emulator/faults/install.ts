import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context';
import { errorBody } from '../server/errors';
import type { Listener } from '../server/listener';
import type { Recorder } from '../server/records';
import type { Fault } from './fault';
import { FaultDrawer } from './rules';

export interface Parts {
	context: Context;
	recorder: Recorder;
	listener: Listener;
}

/**
 * Draws a fault for each request by `options.faultRules`, else asks `options.onRequest`, and does what it says; also
 * notes how each request was answered.
 */
export function installFaults(app: FastifyInstance, { context, recorder, listener }: Parts): void {
	const { options } = context;
	const faults = new WeakMap<FastifyRequest, Fault>();
	const drawer = new FaultDrawer();

	app.addHook('onRequest', async (request, reply) => {
		const record = recorder.of(request);
		if (record === undefined) return;
		const drawn = drawer.draw(options.faultRules, options.seed, record);
		if (drawn === undefined) return;
		record.fault = drawn.kind;
		faults.set(request, drawn.fault);
		if (drawn.fault.kind === 'refuse') listener.refuseFor(drawn.fault.ms);
		if (drawn.fault.kind === 'refuse' || drawn.fault.kind === 'drop') return cut(request, reply);
	});

	app.addHook('preHandler', async (request, reply) => {
		const record = recorder.of(request);
		const fault = faults.get(request) ?? (record && options.onRequest?.(record));
		if (fault === undefined) return;
		faults.set(request, fault);
		if (fault.kind === 'delay') await context.timers.pause(fault.ms);
		if (fault.kind === 'refuse') listener.refuseFor(fault.ms);
		if (answerInstead(fault, request, reply)) return reply;
	});

	app.addHook('onSend', async (request, reply, payload) => {
		const fault = faults.get(request);
		if (fault?.kind === 'resetAfter') {
			request.raw.socket.resetAndDestroy();
			return payload;
		}
		const sent = fault === undefined ? payload : spoil(fault, reply, payload);
		const record = recorder.of(request);
		if (record) record.status = reply.statusCode;
		return sent;
	});
}

/** Ends the connection without an answer. */
function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	reply.hijack();
	request.raw.socket.resetAndDestroy();
	return reply;
}

/** Whether the fault takes the place of the request's handler. */
function answerInstead(fault: Fault, request: FastifyRequest, reply: FastifyReply): boolean {
	switch (fault.kind) {
		case 'status':
			sendStatus(fault, request, reply);
			return true;
		case 'html':
			if (fault.acts !== true) reply.code(fault.status).type('text/html').send(gatewayPage(fault.status));
			return fault.acts !== true;
		case 'drop':
		case 'refuse':
		case 'resetBefore':
			cut(request, reply);
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

/** What becomes of the answer to a request that was carried out. */
function spoil(fault: Fault, reply: FastifyReply, payload: unknown): unknown {
	if (fault.kind === 'html' && fault.acts === true) {
		reply.code(fault.status).type('text/html');
		return gatewayPage(fault.status);
	}
	if (fault.kind === 'contentType') reply.type(fault.type);
	const cuts = fault.kind === 'truncate' && typeof payload === 'string';
	return cuts ? payload.slice(0, Math.ceil(payload.length / 2)) : payload;
}

function gatewayPage(status: number): string {
	return `<html><head><title>${status}</title></head><body>${status}</body></html>`;
}
