/** Time, chance and n8n's Stop, handed in so that everything which waits can be tested without waiting. */
export interface Clock {
	nowMs(): number;
	/** In [0, 1). */
	random(): number;
	/** Resolves after `ms`, or at once when the workflow is stopped or `wake` fires; never rejects. */
	pause(ms: number, wake?: AbortSignal): Promise<void>;
	/** Whether the workflow was stopped. */
	isCancelled(): boolean;
	/** Resolves when the workflow is stopped; stays open otherwise. */
	whenCancelled: Promise<void>;
	/** The execution it belongs to, if it is one of several clocks of an execution. Executions take turns. */
	owner?: object;
}
