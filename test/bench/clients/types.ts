export interface WorkResult {
	/** The run of each document as the client puts it out; only its status is looked at. */
	outcomes: Array<{ status?: unknown }>;
	/** What went wrong, if anything did. */
	messages: string[];
}

/** What is measured, with everything loaded that it needs. */
export type Work = () => Promise<WorkResult>;
