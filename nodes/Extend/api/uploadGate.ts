import type { Waiting } from './turns';
import { Turns } from './turns';

/** Uploads under way at once; more would not be faster on one line. */
const MAX_UPLOADS = 6;
/** Bytes under way at once, since some of n8n's storage modes load a file whole before it is read. A larger file goes alone. */
const MAX_BYTES = 256 * 1_024 * 1_024;

interface WaitingUpload extends Waiting {
	sizeBytes: number;
	admit: () => void;
}

/** Bounds how many uploads, and how many bytes of them, are under way at once; executions take turns. */
export class UploadGate {
	private readonly turns = new Turns<WaitingUpload>();
	private uploads = 0;
	private bytes = 0;

	/** The result of `upload`, which begins when there is room for it, or at once when the workflow is stopped. */
	async pass<T>(sizeBytes: number, clock: Waiting['clock'], upload: () => Promise<T>): Promise<T> {
		await this.enter(sizeBytes, clock);
		try {
			return await upload();
		} finally {
			this.uploads -= 1;
			this.bytes -= sizeBytes;
			this.admitNext();
		}
	}

	private async enter(sizeBytes: number, clock: Waiting['clock']): Promise<void> {
		await new Promise<void>((resolve) => {
			const admit = (): void => {
				this.uploads += 1;
				this.bytes += sizeBytes;
				resolve();
			};
			this.turns.add({ sizeBytes, clock, admit, cancel: admit });
			this.admitNext();
		});
	}

	/** The one whose turn it is waits for room, and the others for it: a large file would never go otherwise. */
	private admitNext(): void {
		for (let first = this.turns.first(); first !== undefined && this.hasRoomFor(first); first = this.turns.first()) {
			this.turns.takeFirst()?.admit();
		}
	}

	private hasRoomFor({ sizeBytes }: WaitingUpload): boolean {
		return this.uploads === 0 || (this.uploads < MAX_UPLOADS && this.bytes + sizeBytes <= MAX_BYTES);
	}
}

const gateByKey = new Map<string, UploadGate>();

/**
 * The gate of one credential, shared by all executions of this process.
 * @param key names base URL and API key without revealing the key
 */
export function uploadGateFor(key: string): UploadGate {
	const gate = gateByKey.get(key) ?? new UploadGate();
	gateByKey.set(key, gate);
	return gate;
}
