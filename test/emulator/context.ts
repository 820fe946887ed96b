import type { PdfReader } from './files/pdfReader';
import type { NextId } from './ids';
import type { EmulatorOptions } from './options';
import type { RunQueue } from './runs/queue';
import type { Store } from './store';
import type { Timers } from './timers';
import type { Announcer } from './webhooks/announcer';
import type { Deliverer } from './webhooks/deliverer';

/** What everything here shares. */
export interface Shared {
	options: EmulatorOptions;
	store: Store;
	nextId: NextId;
	timers: Timers;
	pdf: PdfReader;
	queue: RunQueue;
	/** Aborts downloads that are under way when the server closes. */
	closing: AbortSignal;
	/** Base URL of the listening server. */
	url: () => string;
}

/** What the routes share. */
export interface Context extends Shared {
	announcer: Announcer;
	deliverer: Deliverer;
}
