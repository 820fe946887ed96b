import { ExtendError, inputError } from './errors';
import type { Upload } from './http';

const RUN_AGAIN = 'Run the workflow again from the node that reads the file.';

/**
 * Reads the file of an upload while it is sent, and closes it when the attempt is over: n8n's HTTP helper leaves files
 * open that were not read to their end.
 */
export class FileReader {
	/** The upload with a file that is read through this reader. */
	readonly upload: Upload;
	/** When a piece of the file was taken last. */
	movedMs: number;
	/** Why the file cannot be sent, if it cannot be read or is not as long as it is said to be. */
	fault: ExtendError | undefined;
	private readonly opened: Array<AsyncGenerator<Uint8Array>> = [];

	/** @param onFault ends the request that the file belongs to */
	constructor(
		private readonly source: Upload,
		private readonly nowMs: () => number,
		private readonly onFault: () => void,
	) {
		this.movedMs = nowMs();
		this.upload = { ...source, open: () => this.open() };
	}

	/** Closes the file, however far it was read. */
	close(): void {
		// What a file that is not needed any more has against being closed is of no use to anybody.
		for (const pieces of this.opened) void pieces.return(undefined).catch(() => undefined);
	}

	private open(): AsyncGenerator<Uint8Array> {
		const pieces = this.read();
		this.opened.push(pieces);
		return pieces;
	}

	/** The pieces of the file; never a byte more than its length. */
	private async *read(): AsyncGenerator<Uint8Array> {
		const pieces = this.source.open()[Symbol.asyncIterator]();
		let sentBytes = 0;
		try {
			for (let bytes = await this.take(pieces, 0); bytes !== undefined; bytes = await this.take(pieces, sentBytes)) {
				sentBytes += bytes.length;
				yield bytes;
				this.movedMs = this.nowMs();
			}
		} finally {
			await pieces.return?.();
		}
	}

	/** The next piece; undefined at the end. What a broken request throws into the stream is no fault of the file. */
	private async take(pieces: AsyncIterator<Uint8Array>, sentBytes: number): Promise<Uint8Array | undefined> {
		const { sizeBytes } = this.source;
		const next = await pieces.next().catch((caught: unknown) => this.fail(caught));
		if (next.done === true && sentBytes < sizeBytes) return this.fail(this.wrongLength(`has ${sentBytes} bytes`));
		if (next.done === true) return undefined;
		return sentBytes + next.value.length > sizeBytes ? this.fail(this.wrongLength('has more bytes')) : next.value;
	}

	private fail(caught: unknown): never {
		this.fault = caught instanceof ExtendError ? caught : this.unreadable(caught);
		this.onFault();
		throw this.fault;
	}

	private wrongLength(held: string): ExtendError {
		const { fileName, sizeBytes } = this.source;
		return inputError(`The file "${fileName}" in n8n's storage ${held} instead of the ${sizeBytes} bytes that are said to be there`, RUN_AGAIN);
	}

	/** n8n swaps texts that hold a system code, so what the storage says stays in the cause. */
	private unreadable(cause: unknown): ExtendError {
		const message = `The file "${this.source.fileName}" could not be read from n8n's storage while it was sent`;
		return new ExtendError(message, RUN_AGAIN, { code: 'FILE_UNREADABLE', retryable: true, cause });
	}
}
