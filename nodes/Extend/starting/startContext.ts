import type { ExtendAccess } from '../api/access';
import type { Clock } from '../api/clock';
import { asExtendError, isNotFound } from '../api/errors';
import type { BatchRun, FileInput, Run } from '../api/types';
import type { StartPlan } from './plan';
import type { StartMemory } from './startMemory';
import type { StartRegistry } from './startRegistry';

/** What starting needs: Extend, what earlier tries have left, and what other executions of this process are starting. */
export interface StartContext extends ExtendAccess<'startRun' | 'startBatch' | 'getRun' | 'getBatch' | 'listRuns' | 'uploadFile'> {
	memory: StartMemory;
	registry: StartRegistry;
}

/** The document as a start names it, uploaded where that is needed and was not done by an earlier try. */
export async function provideFile({ source, startKey }: StartPlan, { extend, memory }: StartContext): Promise<FileInput> {
	if (source.kind === 'input') return source.file;
	const { fileId } = memory.of(startKey);
	if (fileId !== undefined) return { id: fileId };
	const { id } = await extend.uploadFile(source.upload);
	memory.rememberFile(startKey, id);
	return { id };
}

/** Pauses after which something that was made is asked for again: Extend may not give it out at once. */
const READ_PAUSES_MS = [500, 1_500, 3_000];

/** A run that was made. @throws ExtendError with status 404 where it stays away over some seconds */
export async function readMade(id: string, { extend, clock }: ExtendAccess<'getRun'>): Promise<Run> {
	return await whenThere(async () => await extend.getRun(id), clock);
}

/** Likewise for a batch. */
export async function readMadeBatch(id: string, { extend, clock }: ExtendAccess<'getBatch'>): Promise<BatchRun> {
	return await whenThere(async () => await extend.getBatch(id), clock);
}

async function whenThere<T>(read: () => Promise<T>, clock: Clock): Promise<T> {
	for (const pauseMs of READ_PAUSES_MS) {
		const value = await read().catch(undefinedIfMissing);
		if (value !== undefined) return value;
		await clock.pause(pauseMs);
	}
	return await read();
}

/** What a read gives that finds nothing. @throws any other error */
export function undefinedIfMissing(caught: unknown): undefined {
	const error = asExtendError(caught);
	if (!isNotFound(error)) throw error;
	return undefined;
}
