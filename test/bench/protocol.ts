import type { IBinaryData } from 'n8n-workflow';

/** What the processes of the benchmark tell each other; everything is plain JSON. */

/** The classifier of the stand-in that all clients use. */
export const CLASSIFIER_ID = 'cl_inbound_mail';

/** Where n8n is installed, and the built package. */
export interface Installation {
	/** Node of the version that n8n wants. */
	nodePath: string;
	/** Folder whose node_modules holds n8n. */
	n8nDir: string;
	/** The package as it would be published, unpacked. */
	packageDir: string;
}

export interface Server {
	url: string;
	apiKey: string;
}

export interface StandInJob {
	/** By number of the document. */
	runTimesMs: number[];
	/** Whether the limits of the pay-as-you-go plan hold. */
	isLimited: boolean;
	/** What is done with more files a minute than the plan takes; any number when unset. */
	excess?: 'queue' | 'refuse';
	/** Runs that have finished before anybody asks. */
	finishedRuns?: number;
}

export interface RunLog {
	document: number;
	createdMs: number;
	/** Unset for a run that was still open. */
	finishedMs?: number;
	/** When it was first read as finished. */
	foundMs?: number;
}

/** What the server saw; all moments by the clock of this computer. */
export interface ServerLog {
	runs: RunLog[];
	/** All GETs, refused ones included. */
	gets: number;
	lists: number;
	requests: number;
	refused: number;
	/** IDs of the runs that had finished before. */
	finishedIds: string[];
}

export type ClientName = 'node' | 'batch' | 'executions' | 'sdk' | 'loop' | 'sequential' | 'wait' | 'get' | 'httpGet';

export interface ClientJob extends Server {
	client: ClientName;
	installation: Installation;
	documents: number;
	/** Whether the client knows of the plan's limits, where it has a setting for that. */
	isLimited: boolean;
	/** Runs to read, for clients that start none. */
	runIds: string[];
}

export interface Usage {
	/** Most memory (resident set) over what it was before the work began. */
	peakBytes: number;
	cpuMs: number;
}

export interface ClientReport extends Usage {
	startMs: number;
	endMs: number;
	/** Documents whose finished run the client put out. */
	finished: number;
	/** The first few things that went wrong. */
	messages: string[];
	/** Memory on the heap that the work left behind, and how much of it the output itself takes. */
	heapBytes?: number;
	outputBytes?: number;
}

export interface StoreJob {
	installation: Installation;
	sizeBytes: number;
}

/** A file in n8n's storage. */
export interface StoredFile {
	/** n8n's binary data for an item. */
	binary: IBinaryData;
	path: string;
	sizeBytes: number;
	checksum: number;
}

export type Uploader = 'node' | 'httpRequest' | 'sdk' | 'pipe';

export interface UploadJob extends Server {
	uploader: Uploader;
	installation: Installation;
	file: StoredFile;
}

export interface UploadReport extends Usage {
	messages: string[];
}

/** What the sink has got of an upload. */
export interface Received {
	sizeBytes: number;
	checksum: number;
	/** From the arrival of the request to its last byte. */
	tookMs: number;
}
