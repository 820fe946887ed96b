import { RETRY_TIMEOUT_MS } from '../../api/call';
import { outputRun, readOutputSettings, readRunId, runId, simplify } from '../../parameters/run';
import { nameRun, uncancelledError } from '../../runs/outcome';
import { cancelRun } from '../../waiting/cancelRun';
import type { ItemOperation } from '../types';

export const cancelOperation: ItemOperation = {
	kind: 'item',
	option: {
		name: 'Cancel',
		value: 'cancel',
		action: 'Cancel classify run',
		description: 'Cancel a run at Extend, or return it as it is if it has already finished',
	},
	parameters: [runId, simplify],
	async execute({ read, extend, clock, hint }) {
		const output = readOutputSettings(read);
		const cancellation = await cancelRun(readRunId(read), { extend, clock }, RETRY_TIMEOUT_MS);
		const { run } = cancellation;
		if (cancellation.kind === 'refused') throw uncancelledError(run, cancellation.error);
		if (cancellation.kind === 'alreadyFinal') hint(`Nothing to cancel: ${nameRun(run)} was ${run.status} already`);
		return [outputRun(output, run)];
	},
};
