import type { IBinaryKeyData } from 'n8n-workflow';
import type { ExtendError } from '../api/errors';
import type { ClassifierTarget } from '../api/types';
import type { StartOptions } from '../parameters/startOptions';
import type { OutputSettings } from '../parameters/run';
import type { WaitOptions } from '../parameters/waiting';
import type { StartPlan } from '../starting/plan';

/** All that the parameters say of an item, read before anything is paid for. */
export interface ItemSettings {
	options: StartOptions;
	output: OutputSettings;
	/** Of operations that wait. */
	wait: WaitOptions;
}

/** A document of an item, checked and ready to be started. */
export interface PlannedDocument<Target extends ClassifierTarget = ClassifierTarget> {
	itemIndex: number;
	plan: StartPlan<Target>;
	settings: ItemSettings;
	/** The binary field it is in; unset for other sources. */
	field?: string;
	/** The files that its item keeps: all of the input's, or its own where the input held several documents. */
	binary?: IBinaryKeyData;
}

/** What becomes of a place in the output. */
export type PlannedItem<Target extends ClassifierTarget = ClassifierTarget> =
	| { kind: 'document'; document: PlannedDocument<Target> }
	/** The item has no document and continues without a result. */
	| { kind: 'withoutDocument'; itemIndex: number; settings: ItemSettings }
	| { kind: 'failed'; itemIndex: number; error: ExtendError; binary?: IBinaryKeyData };
