import type { Http } from './http';
import { isGood, listAt, objectIn, textAt } from './read';
import { pause } from './stopping';

const FINAL = new Set(['PROCESSED', 'FAILED', 'CANCELLED']);
const LOOK_MS = 500;
const MOST_LOOKS = 20;

/** Everything that was made at Extend, so that all of it can be removed. */
export class Made {
	private readonly runs = new Set<string>();
	private readonly files = new Set<string>();
	private readonly batches = new Set<string>();

	/** Remembers a run and the file that belongs to it, from any answer that shows it. */
	noteRun(run: unknown): void {
		add(this.runs, textAt(run, 'id'));
		this.noteFile(fileOf(run));
	}

	noteBatch(batch: unknown): void {
		add(this.batches, textAt(batch, 'id'));
	}

	noteFile(file: unknown): void {
		add(this.files, textAt(file, 'id'));
	}

	/**
	 * Removes all of it, runs first, and what carries our mark though its answer never came.
	 * @returns the IDs of what is still there
	 */
	async remove(http: Http, mark: string): Promise<string[]> {
		await this.findLost(http, mark);
		const left: string[] = [];
		for (const id of this.runs) if (!(await isDone(async () => await this.removeRun(id, http)))) left.push(id);
		for (const id of this.files) if (!(await isDone(async () => await isRemoved(http, `/files/${id}`)))) left.push(id);
		return left;
	}

	private async findLost(http: Http, mark: string): Promise<void> {
		await isDone(async () => {
			const newest = { sortBy: 'createdAt', sortDir: 'desc', maxPageSize: '100' };
			const lists = [newest, ...[...this.batches].map((batchId) => ({ batchId, maxPageSize: '100' }))];
			for (const query of lists) {
				const { body } = await http.send('GET', '/classify_runs', { query });
				const ours = listAt(body, 'data').filter((run) => 'batchId' in query || textAt(objectIn(run).metadata, 'source') === mark);
				for (const run of ours) this.noteRun(run);
			}
			const files = await http.send('GET', '/files', { query: { nameContains: mark, maxPageSize: '100' } });
			for (const file of listAt(files.body, 'data')) this.noteFile(file);
			return true;
		});
	}

	/** A run that has not ended is cancelled first; its file may be known only then. */
	private async removeRun(id: string, http: Http): Promise<boolean> {
		for (let looks = 0; looks < MOST_LOOKS; looks++) {
			const { body } = await http.send('GET', `/classify_runs/${id}`);
			this.noteFile(fileOf(body));
			if (FINAL.has(textAt(body, 'status') ?? 'FAILED')) break;
			if (looks === 0) await http.send('POST', `/classify_runs/${id}/cancel`, { json: {} });
			await pause(LOOK_MS, http.signal);
		}
		return await isRemoved(http, `/classify_runs/${id}`);
	}
}

/** Whether it succeeded; what cannot be reached is left, and the rest is removed all the same. */
async function isDone(act: () => Promise<boolean>): Promise<boolean> {
	try {
		return await act();
	} catch {
		return false;
	}
}

function fileOf(run: unknown): unknown {
	return typeof run === 'object' && run !== null && 'file' in run ? run.file : undefined;
}

function add(ids: Set<string>, id: string | undefined): void {
	if (id !== undefined) ids.add(id);
}

async function isRemoved(http: Http, path: string): Promise<boolean> {
	const answer = await http.send('DELETE', path);
	return isGood(answer) || answer.status === 404;
}
