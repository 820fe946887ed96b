import type { PdfReader } from './files/pdfReader';
import type { NextId } from './ids';
import type { EmulatorOptions } from './options';
import type { RunQueue } from './runs/queue';
import type { Store } from './store';
import type { Timers } from './timers';

/** What the routes share. */
export interface Context {
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
