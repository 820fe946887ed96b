import type { ExtendAccess } from '../api/access';
import type { ExtendClient } from '../api/client';
import { asExtendError } from '../api/errors';
import type { FileInput, Run } from '../api/types';
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

/** The run; undefined where it is gone. */
export async function readIfThere(id: string, extend: Pick<ExtendClient, 'getRun'>): Promise<Run | undefined> {
	try {
		return await extend.getRun(id);
	} catch (caught) {
		const error = asExtendError(caught);
		if (error.facts.status === 404) return undefined;
		throw asExtendError(error);
	}
}
