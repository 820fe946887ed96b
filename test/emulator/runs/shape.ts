import type { Extend } from 'extend-ai';
import { shapeClassifierSummary, shapeVersionSummary } from '../classifiers/shape';
import { shapeFileSummary } from '../files/shape';
import { omit } from '../omit';
import { DATA_RETENTION } from '../retention';
import { isoTime } from '../time';
import { phaseAt, updatedAtMs, type StoredRun } from './lifecycle';
import { usageOf } from './usage';

const DASHBOARD = 'https://dashboard.extend.ai/runs';

/** The run as GET answers it. */
export function shapeRun(run: StoredRun, nowMs: number): Extend.ClassifyRun {
	const phase = phaseAt(run, nowMs);
	const hasEnded = phase.isFinal && run.cancel === undefined;
	const hasStarted = run.startsAtMs !== undefined && nowMs >= run.startsAtMs;
	return {
		object: 'classify_run',
		id: run.id,
		status: phase.status,
		output: null,
		classifier: run.classifier && shapeClassifierSummary(run.classifier),
		classifierVersion: run.classifier && run.version && shapeVersionSummary(run.version, run.classifier.id),
		initialOutput: null,
		reviewedOutput: null,
		failureReason: null,
		failureMessage: null,
		metadata: run.metadata,
		reviewed: false,
		edited: false,
		config: run.config,
		file: run.file && shapeFileSummary(run.file),
		parseRunId: hasStarted ? (run.parse?.id ?? null) : null,
		dashboardUrl: `${DASHBOARD}/${run.id}`,
		usage: phase.status === 'PROCESSED' ? usageOf(run) : null,
		createdAt: isoTime(run.createdAtMs),
		updatedAt: isoTime(updatedAtMs(run, nowMs)),
		...DATA_RETENTION,
		...(hasEnded ? run.verdict?.final : undefined),
		...run.overrides,
	};
}

/** The run as a list shows it: without outputs and configuration, its usage without breakdown. */
export function shapeRunSummary(run: StoredRun, nowMs: number): Extend.ClassifyRunSummary {
	const { usage, ...summary } = omit(shapeRun(run, nowMs), 'output', 'initialOutput', 'reviewedOutput', 'config');
	return { ...summary, usage: usage && omit(usage, 'breakdown') };
}
