import { randomInt } from 'node:crypto';
import { seedClassifiers, type SeedClassifier } from './classifiers/seed';
import type { Fault } from './faults/fault';
import type { FaultRule } from './faults/rules';
import type { Outcome, RunInput } from './runs/outcome';
import type { RequestRecord } from './server/records';
import type { WebhookEvent } from './webhooks/announcer';
import type { DeliveryPlan } from './webhooks/deliverer';

/** Requests per second in each of Extend's three buckets. */
export interface RateLimits {
	get: number;
	write: number;
	run: number;
}

export interface Throughput {
	filesPerMinute: number;
	/** Extend does not say which of the two it does, so both can be tried. */
	excess: 'queue' | 'refuse';
	/** Length of the "minute", for tests that cannot wait one. */
	windowMs?: number;
}

export interface EmulatorOptions {
	port: number;
	host: string;
	apiKeys: string[];
	/** Keys that need the header `x-extend-workspace-id`. */
	organizationKeys: string[];
	/** Accepted workspace IDs; any when undefined. */
	workspaceIds?: string[];
	requireApiVersion: boolean;
	pendingMs: number;
	/** Time from create to the final status. */
	runMs: number | ((input: RunInput) => number);
	cancellingMs: number;
	cancelPending: boolean;
	/** The status that create answers. With PROCESSING a run never shows PENDING. */
	createStatus: 'PENDING' | 'PROCESSING';
	rateLimits?: RateLimits;
	retryAfter: 'seconds' | 'date' | 'none';
	uploadBucket: 'write' | 'run';
	throughput?: Throughput;
	defaultPageSize: number;
	maxPageSize: number;
	/** A run appears in lists only this long after its creation. */
	listLagMs: number;
	/** Whether a configuration needs a category of type `other`. */
	requireOther: boolean;
	errorShape: 'standard' | 'wrapped';
	outcome?: (input: RunInput) => Outcome | undefined;
	/** A fault for a request, decided in code; asked where `faultRules` have none. */
	onRequest?: (record: RequestRecord) => Fault | undefined;
	/** Faults by rule and by `seed`; the first rule that strikes counts. */
	faultRules: FaultRule[];
	classifiers: SeedClassifier[];
	/** Start of the ID generator and of the faults by rule: the same seed gives the same again. */
	seed: number;
	nowMs: () => number;
	/** Longest download of a file given by URL. */
	fetchTimeoutMs: number;
	/** How long POST /classify keeps its connection open. */
	syncTimeoutMs: number;
	/** How long the receiver of a webhook has time to answer. */
	webhookTimeoutMs: number;
	/** The pauses before a webhook is delivered again; as many as there are. */
	webhookRetriesMs: number[];
	/** How payloads of webhooks go, whatever the endpoint says. */
	webhookPayload?: 'json' | 'url';
	onEvent?: (event: WebhookEvent) => DeliveryPlan | undefined;
	/** How many requests and deliveries are remembered; the oldest go first. */
	keepRequests: number;
}

/** Extend repeats with exponential backoff; its own schedule is not published. */
const WEBHOOK_RETRIES_MS = [1, 2, 4, 8, 16, 32, 64].map((seconds) => seconds * 1_000);

/** All options, with the given ones in place of the defaults. */
export function completeOptions(given: Partial<EmulatorOptions>): EmulatorOptions {
	return {
		port: 0,
		host: '127.0.0.1',
		apiKeys: ['sk_test_emulator'],
		organizationKeys: [],
		requireApiVersion: true,
		pendingMs: 50,
		runMs: 300,
		cancellingMs: 0,
		cancelPending: false,
		createStatus: 'PENDING',
		retryAfter: 'seconds',
		uploadBucket: 'write',
		defaultPageSize: 10,
		maxPageSize: 1000,
		listLagMs: 0,
		requireOther: true,
		errorShape: 'standard',
		faultRules: [],
		classifiers: seedClassifiers,
		seed: randomInt(2 ** 32),
		nowMs: () => Date.now(),
		fetchTimeoutMs: 5_000,
		syncTimeoutMs: 300_000,
		webhookTimeoutMs: 30_000,
		webhookRetriesMs: WEBHOOK_RETRIES_MS,
		keepRequests: Infinity,
		...given,
	};
}
