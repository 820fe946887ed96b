import type { Extend } from 'extend-ai';
import type { SeedClassifier } from './classifiers/seed';
import type { StoredExtract } from './extracts/shape';
import type { StoredFile } from './files/document';
import type { StoredRun } from './runs/lifecycle';

export interface StoredVersion {
	id: string;
	version: string;
	description: string | null;
	config: Extend.ClassifyConfig;
	createdBy: Extend.CreatedBy | null;
	createdAtMs: number;
}

export interface StoredClassifier {
	id: string;
	name: string;
	draft: StoredVersion;
	/** Oldest first. */
	published: StoredVersion[];
	createdAtMs: number;
	updatedAtMs: number;
}

export interface StoredBatch {
	id: string;
	runIds: string[];
	createdAtMs: number;
	/** Set by a test to show a status that the runs do not explain. */
	status?: string;
}

export interface StoredEndpoint {
	endpoint: Extend.WebhookEndpoint;
	signingSecret: string;
	createdAtMs: number;
}

export interface StoredSubscription {
	subscription: Extend.WebhookSubscription;
	createdAtMs: number;
}

/** Everything the stand-in holds, by ID. Tests may read and change it. */
export interface Store {
	runs: Map<string, StoredRun>;
	files: Map<string, StoredFile>;
	extracts: Map<string, StoredExtract>;
	classifiers: Map<string, StoredClassifier>;
	batches: Map<string, StoredBatch>;
	endpoints: Map<string, StoredEndpoint>;
	subscriptions: Map<string, StoredSubscription>;
	/** Webhook payloads that went by URL, by the name in it. */
	payloads: Map<string, string>;
}

const SEED_EPOCH_MS = Date.UTC(2026, 0, 5, 9);
const HOUR_MS = 3_600_000;

/** A store that holds only the given classifiers, each an hour younger than the one before. */
export function createStore(seeds: SeedClassifier[]): Store {
	const classifiers = seeds.map((seed, index) => storeSeed(seed, SEED_EPOCH_MS + index * HOUR_MS));
	return {
		runs: new Map(),
		files: new Map(),
		extracts: new Map(),
		classifiers: new Map(classifiers.map((classifier) => [classifier.id, classifier])),
		batches: new Map(),
		endpoints: new Map(),
		subscriptions: new Map(),
		payloads: new Map(),
	};
}

function storeSeed(seed: SeedClassifier, createdAtMs: number): StoredClassifier {
	const stem = seed.id.replace(/^cl_/, 'clv_');
	const author = { type: 'user', email: 'dana@acme.example' } as const;
	const published = seed.published.map((version, index) => ({
		...version,
		id: `${stem}_${version.version.replace('.', '_')}`,
		createdBy: author,
		createdAtMs: createdAtMs + index + 1,
	}));
	const draft = {
		id: `${stem}_draft`,
		version: 'draft',
		description: null,
		config: seed.draft,
		createdBy: null,
		createdAtMs,
	};
	const updatedAtMs = createdAtMs + published.length;
	return { id: seed.id, name: seed.name, draft, published, createdAtMs, updatedAtMs };
}
