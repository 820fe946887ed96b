import type { Extend } from 'extend-ai';
import type { StoredFile } from '../files/document';
import { shapeFileSummary } from '../files/shape';
import type { EmulatorOptions } from '../options';
import { DATA_RETENTION } from '../retention';
import { costOf } from '../runs/usage';
import { plannedMs } from '../runs/verdict';
import { isoTime } from '../time';

export interface StoredExtract {
	id: string;
	createdAtMs: number;
	config: Extend.ExtractConfigJson;
	metadata: Extend.RunMetadata | null;
	file: StoredFile;
	parse: { id: string; isCharged: boolean };
	value: Record<string, string | number | null>;
}

const DASHBOARD = 'https://dashboard.extend.ai/runs';
const NEVER_EDITED = { initialOutput: null, reviewedOutput: null, reviewed: false, edited: false, edits: null };

/** The extract run as GET answers it. It takes as long as a classification of the same file. */
export function shapeExtract(extract: StoredExtract, options: EmulatorOptions): Extend.ExtractRun {
	const { id, config, metadata, file, parse, createdAtMs } = extract;
	const endsAtMs = createdAtMs + plannedMs({ text: file.pages.join('\n'), fileName: file.name, metadata }, options);
	const hasEnded = options.nowMs() >= endsAtMs;
	const hasFailed = hasEnded && file.obstacle !== undefined;
	const isProcessed = hasEnded && !hasFailed;
	return {
		object: 'extract_run',
		id,
		status: isProcessed ? 'PROCESSED' : hasFailed ? 'FAILED' : 'PROCESSING',
		output: isProcessed ? { value: extract.value, metadata: {} } : null,
		...NEVER_EDITED,
		failureReason: hasFailed ? 'FAILED_TO_PROCESS_FILE' : null,
		failureMessage: hasFailed ? (file.obstacle ?? null) : null,
		metadata,
		config,
		extractor: null,
		extractorVersion: null,
		file: shapeFileSummary(file),
		files: null,
		parseRunId: parse.id,
		dashboardUrl: `${DASHBOARD}/${id}`,
		usage: isProcessed ? usageOf(extract) : null,
		createdAt: isoTime(createdAtMs),
		updatedAt: isoTime(hasEnded ? endsAtMs : createdAtMs),
		...DATA_RETENTION,
	};
}

function usageOf({ id, config, file, parse }: StoredExtract): Extend.RunUsage {
	const product = config.baseProcessor ?? 'extraction_performance';
	return costOf({ object: 'extract_run', id, product, pageCount: file.pageCount ?? 1 }, { ...parse, engine: 'parse_performance' });
}
