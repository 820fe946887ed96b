/* eslint-disable @n8n/community-nodes/no-restricted-imports -- lets many listen to one signal */
import { setMaxListeners } from 'node:events';
import fastify, { type FastifyInstance } from 'fastify';
import { registerClassifierRoutes } from './classifiers/routes';
import { registerVersionRoutes } from './classifiers/versionRoutes';
import type { Context, Shared } from './context';
import { registerExtractRoutes } from './extracts/routes';
import { installFaults, type Parts } from './faults/install';
import { PdfReader } from './files/pdfReader';
import { registerFileRoutes } from './files/routes';
import { registerStorageRoutes, STORAGE_PREFIX } from './files/storage';
import { createIds } from './ids';
import { completeOptions, type EmulatorOptions } from './options';
import { registerBatchRoutes } from './runs/batchRoutes';
import { readForRun } from './runs/content';
import { RunQueue } from './runs/queue';
import { registerRunRoutes } from './runs/routes';
import { registerSyncRoute } from './runs/syncRoute';
import { acceptBodies, readUpload } from './server/body';
import { errorBody, notFound, toProblem } from './server/errors';
import { API_VERSION, checkCaller } from './server/guard';
import { RateLimiter } from './server/limits';
import { Listener } from './server/listener';
import { Recorder, type RequestRecord } from './server/records';
import { createStore, type Store } from './store';
import { Timers } from './timers';
import { Announcer } from './webhooks/announcer';
import { Deliverer, type DeliveryRecord } from './webhooks/deliverer';
import { registerEndpointRoutes } from './webhooks/endpointRoutes';
import { registerPayloadRoutes } from './webhooks/payload';
import { registerSubscriptionRoutes } from './webhooks/subscriptionRoutes';

export interface Emulator {
	/** Base URL, for instance `http://127.0.0.1:34567`. */
	readonly url: string;
	readonly apiKey: string;
	readonly requests: RequestRecord[];
	/** Every attempt to deliver a webhook. */
	readonly deliveries: DeliveryRecord[];
	readonly store: Store;
	/** Read anew on every request: changes take effect at once. */
	readonly options: EmulatorOptions;
	/** Lets nobody listen for so many milliseconds: new connections are refused by the system. */
	refuseFor(ms: number): void;
	/** Cuts all connections and drops all timers. */
	close(): Promise<void>;
}

/**
 * Starts a stand-in for Extend's API on this machine. It classifies by counting keywords, not by Extend's models.
 * @see https://docs.extend.ai/2026-02-09/api-reference
 */
export async function startEmulator(given: Partial<EmulatorOptions> = {}): Promise<Emulator> {
	const options = completeOptions(given);
	const recorder = new Recorder(options);
	const closing = new AbortController();
	// Every delivery under way listens, and hundreds may be.
	setMaxListeners(0, closing.signal);
	const app = fastify({ forceCloseConnections: true, exposeHeadRoutes: false, bodyLimit: 256 * 1024 * 1024 });
	let url = '';
	const context = createContext(options, closing.signal, () => url);
	const listener = new Listener(app.server, context.timers);
	app.setGenReqId(() => context.nextId('req'));
	await acceptBodies(app);
	installHooks(app, { context, recorder, listener });
	registerRoutes(app, context);
	url = await app.listen({ port: options.port, host: options.host });
	const close = async () => {
		closing.abort();
		context.timers.clear();
		await Promise.all([app.close(), context.pdf.close()]);
	};
	const apiKey = options.apiKeys[0] ?? '';
	const { store, deliverer } = context;
	const refuseFor = (ms: number) => listener.refuseFor(ms);
	return { url, apiKey, requests: recorder.requests, deliveries: deliverer.deliveries, store, options, refuseFor, close };
}

function createContext(options: EmulatorOptions, closing: AbortSignal, url: () => string): Context {
	const shared: Shared = {
		options,
		closing,
		store: createStore(options.classifiers),
		nextId: createIds(options.seed),
		timers: new Timers(),
		pdf: new PdfReader(),
		queue: new RunQueue(options, (run) => void readForRun(run, context)),
		url,
	};
	const deliverer = new Deliverer(shared);
	const context = { ...shared, deliverer, announcer: new Announcer(shared, (event) => deliverer.announce(event)) };
	return context;
}

/** What happens to every request before its route, in this order. */
function installHooks(app: FastifyInstance, { context, recorder, listener }: Parts): void {
	const { options } = context;
	const limiter = new RateLimiter(options);

	app.addHook('onRequest', async (request, reply) => {
		reply.header('x-extend-request-id', request.id);
		reply.header('x-extend-api-version', API_VERSION);
		recorder.open(request, options.nowMs());
	});
	app.addHook('preHandler', async (request) => {
		if (request.isMultipart()) request.body = await readUpload(request);
		const record = recorder.of(request);
		if (record) record.body = request.body;
	});
	installFaults(app, { context, recorder, listener });
	app.addHook('preHandler', async (request) => {
		if (request.url.startsWith(STORAGE_PREFIX)) return;
		checkCaller(request.headers, options);
		const record = recorder.of(request);
		if (record) limiter.take(record.bucket, options.nowMs());
		context.queue.settle(options.nowMs());
	});
}

function registerRoutes(app: FastifyInstance, context: Context): void {
	registerRunRoutes(app, context);
	registerBatchRoutes(app, context);
	registerSyncRoute(app, context);
	registerFileRoutes(app, context);
	registerExtractRoutes(app, context);
	registerStorageRoutes(app, context);
	registerClassifierRoutes(app, context);
	registerVersionRoutes(app, context);
	registerEndpointRoutes(app, context);
	registerSubscriptionRoutes(app, context);
	registerPayloadRoutes(app, context);

	app.setNotFoundHandler(({ method, url }) => {
		throw notFound(`Route ${method} ${url}`);
	});
	app.setErrorHandler(async (error, request, reply) => {
		const problem = toProblem(error);
		const body = errorBody(problem, request.id);
		const shaped = context.options.errorShape === 'wrapped' ? { error: body } : body;
		return await reply.code(problem.status).headers(problem.headers).send(shaped);
	});
}
