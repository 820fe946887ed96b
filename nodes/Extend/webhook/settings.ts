import type { EventFilter } from './filter';

/** Which events start the workflow, and what their items look like. */
export interface TriggerSettings {
	/** Extend's names of events. */
	events: string[];
	/** The one classifier whose runs start the workflow; undefined for all runs of the workspace. */
	classifierId?: string;
	isSimplified: boolean;
	filter: EventFilter;
}
