import type { EventFilter } from './filter';

/** What a trigger waits for, and what it makes of it. */
export interface TriggerSettings {
	/** Extend's names of events. */
	events: string[];
	/** The one classifier whose runs count; undefined for those of the whole workspace. */
	classifierId?: string;
	isSimplified: boolean;
	filter: EventFilter;
}
