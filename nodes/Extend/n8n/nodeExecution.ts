import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ExtendAccess } from '../api/access';
import type { ExtendClient } from '../api/client';
import type { Clock } from '../api/clock';
import type { RunSource } from '../waiting/openRun';
import type { StartRegistry } from '../starting/startRegistry';
import type { RunWatcher } from '../waiting/watcher';
import { createClock } from './clock';
import { connect } from './connection';
import type { Read } from './read';
import { createRead } from './read';
import { firstToEnd } from './signals';

/** What an operation sees of n8n: its items and their parameters, Extend, the clock, and a place for hints. */
export interface NodeExecution {
	context: IExecuteFunctions;
	items: INodeExecutionData[];
	read: (itemIndex: number) => Read;
	extend: ExtendClient;
	clock: Clock;
	watcher: RunWatcher;
	/** What executions of this process are starting. */
	registry: StartRegistry;
	/** How the watcher reaches the runs of this execution. */
	source: RunSource;
	/** A client that works on after n8n's Stop, for `ms` at most: for cancelling runs at Extend. */
	extendFor: (ms: number) => ExtendAccess;
	/** A client that works for `ms` at most, and not after n8n's Stop. */
	extendWithin: (ms: number) => ExtendAccess;
	/** Lets go of the execution, which may run other nodes for days. */
	release: () => void;
	/** Shows a note above the output; a warning where something failed. */
	hint: (message: string, type?: 'info' | 'warning') => void;
}

/** @throws ExtendError when the credential cannot be used */
export async function createNodeExecution(context: IExecuteFunctions): Promise<NodeExecution> {
	const { clientFor, watcher, registry } = await connect(context);
	const stop = context.getExecutionCancelSignal();
	const released = new AbortController();
	const clock = createClock(stop, { released: released.signal, owner: context });
	const extend = clientFor(stop, clock);
	const looking = extend.once();
	const endingWith = (signal: AbortSignal): ExtendAccess => {
		const ownClock = createClock(signal, { owner: context });
		return { extend: clientFor(signal, ownClock), clock: ownClock };
	};
	return {
		context,
		items: context.getInputData(),
		read: (itemIndex) => createRead(context, itemIndex),
		extend,
		clock,
		watcher,
		registry,
		source: {
			poll: async (id, onSent) => await extend.once(onSent).getRun(id),
			list: async (...request) => await looking.listRuns(...request),
			clock,
		},
		extendFor: (ms) => endingWith(AbortSignal.timeout(ms)),
		extendWithin: (ms) => endingWith(firstToEnd([AbortSignal.timeout(ms), stop])),
		release: () => released.abort(),
		hint: (message, type = 'info') => context.addExecutionHints({ message, type, location: 'outputPane' }),
	};
}
