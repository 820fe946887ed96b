import { randomBytes } from 'node:crypto';
import type { Budget } from './budget';
import { LIGHT_CONFIG, LIGHT_PAGE, TEXTS } from './config';
import type { Answer, Http, Sent } from './http';
import type { Made } from './made';
import { describeAnswer, isGood, messageIn, numberAt, objectIn, textAt } from './read';
import { pause } from './stopping';

const UNFINISHED = new Set(['PENDING', 'PROCESSING', 'CANCELLING']);

export interface LabSettings {
	/** Milliseconds between two looks at a run. */
	pollMs: number;
	/** Longest wait for a run, in milliseconds. */
	retryTimeoutMs: number;
	/** Requests sent at once where a refusal is wanted. */
	burst: number;
	/** Documents started at once where the throughput is asked for. */
	throughputFiles: number;
	/** Size of the largest upload that is tried. */
	uploadMb: number;
	/** Addresses of Extend's other deployments; empty for an address of one's own. */
	otherDeployments: string[];
}

/** What a question works with. Whatever it makes here is remembered for removal, and what it starts is paid from the budget. */
export class Lab {
	private sample?: Promise<unknown>;
	private readonly reserved = new Map<string, number>();
	/** In the names of all files, so that a person can tell where they come from. */
	readonly mark = `check-live-${randomBytes(4).toString('hex')}`;

	constructor(
		readonly http: Http,
		readonly budget: Budget,
		readonly made: Made,
		readonly settings: LabSettings,
	) {}

	/**
	 * Starts a run, or is refused.
	 * @param credits the most that it can cost
	 * @throws BoundReached before anything is sent
	 */
	async start(body: object, credits: number, sent: Pick<Sent, 'headers' | 'repeats'> = {}): Promise<Answer> {
		this.budget.reserve(credits);
		const json = { metadata: { source: this.mark }, ...body };
		const answer = await this.http.send('POST', '/classify_runs', { ...sent, json });
		const id = textAt(answer.body, 'id');
		if (isGood(answer) && id !== undefined) {
			this.made.noteRun(answer.body);
			this.reserved.set(id, credits);
		} else {
			this.budget.settle(credits, 0);
		}
		return answer;
	}

	/** The same for a batch; its runs count as costing the most they can. */
	async startBatch(body: object, credits: number, sent: Pick<Sent, 'headers'> = {}): Promise<Answer> {
		this.budget.reserve(credits);
		const answer = await this.http.send('POST', '/classify_runs/batch', { ...sent, json: body });
		if (isGood(answer)) this.made.noteBatch(answer.body);
		else this.budget.settle(credits, 0);
		return answer;
	}

	/** The run in its final state. @throws when it does not end in time, or cannot be read */
	async finish(id: string): Promise<Record<string, unknown>> {
		const deadlineMs = Date.now() + this.settings.retryTimeoutMs;
		for (;;) {
			const run = await this.look(id);
			if (!UNFINISHED.has(textAt(run, 'status') ?? '')) return this.book(id, run);
			if (Date.now() > deadlineMs) throw new Error(`The run ${id} is still ${textAt(run, 'status')} after ${this.settings.retryTimeoutMs / 1_000} s.`);
			await pause(this.settings.pollMs, this.http.signal);
		}
	}

	/** The run as it is. @throws when it cannot be read */
	async look(id: string): Promise<Record<string, unknown>> {
		const answer = await this.http.send('GET', `/classify_runs/${id}`);
		this.made.noteRun(answer.body);
		return accepted(answer);
	}

	/** Starts a run that is to be accepted, and waits for its end. */
	async run(body: object, credits: number): Promise<Record<string, unknown>> {
		return await this.finish(idOf(accepted(await this.start(body, credits))));
	}

	/** A finished run on a short text, the same one for every question that asks for it. */
	async sampleRun(): Promise<unknown> {
		this.sample ??= this.run({ config: LIGHT_CONFIG, file: this.text(TEXTS.invoice) }, LIGHT_PAGE);
		return await this.sample;
	}

	text(text: string): { text: string; name: string } {
		return { text, name: `${this.mark}.txt` };
	}

	/** Uploads a file under our mark. */
	async upload(bytes: Uint8Array<ArrayBuffer>, ending: string, fields: Record<string, string> = {}): Promise<Answer> {
		const answer = await this.http.send('POST', '/files/upload', { form: this.formOf(bytes, ending, fields) });
		this.made.noteFile(answer.body);
		return answer;
	}

	/** The same without repeating it, whatever comes. */
	async uploadOnce(bytes: Uint8Array<ArrayBuffer>, ending: string): Promise<Answer> {
		const answer = await this.http.once('POST', '/files/upload', { form: this.formOf(bytes, ending, {}) });
		if (isGood(answer)) this.made.noteFile(answer.body);
		return answer;
	}

	private formOf(bytes: Uint8Array<ArrayBuffer>, ending: string, fields: Record<string, string>): FormData {
		const form = new FormData();
		for (const [name, value] of Object.entries(fields)) form.append(name, value);
		form.append('file', new File([bytes], `${this.mark}.${ending}`));
		return form;
	}

	private book(id: string, run: Record<string, unknown>): Record<string, unknown> {
		const reserved = this.reserved.get(id);
		const usage = objectIn(run.usage);
		const real = numberAt(usage, 'totalCredits') ?? numberAt(usage, 'credits');
		// A run that was not processed costs nothing; one that does not say its price counts as reserved.
		const price = real ?? (run.status === 'PROCESSED' ? reserved : 0);
		if (reserved !== undefined && price !== undefined) this.budget.settle(reserved, price);
		this.reserved.delete(id);
		return run;
	}
}

/** The body of an answer that has to be a good one. @throws with what was said otherwise */
export function accepted(answer: Answer): Record<string, unknown> {
	if (isGood(answer)) return objectIn(answer.body);
	throw new Error(`Extend ${describeAnswer(answer)}: ${messageIn(answer)}`);
}

export function idOf(body: unknown): string {
	const id = textAt(body, 'id');
	if (id === undefined) throw new Error('The answer has no ID.');
	return id;
}
