import type { ExtendClient } from './client';
import type { Clock } from './clock';

/** Extend, and the clock that its requests and pauses end with. */
export interface ExtendAccess<Calls extends keyof ExtendClient = keyof ExtendClient> {
	extend: Pick<ExtendClient, Calls>;
	clock: Clock;
}
