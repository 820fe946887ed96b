import type { Clock } from './clock';

/** Uploads under way at once; more would not be faster on one line. */
const MAX_UPLOADS = 6;
/** Bytes under way at once, since some of n8n's storage modes load a file whole before it is read. A larger file goes alone. */
const MAX_BYTES = 256 * 1_024 * 1_024;

interface Waiting {
	sizeBytes: number;
	admit: () => void;
}

/** Bounds how many uploads, and how many bytes of them, are under way at once; first come, first served. */
export class UploadGate {
	private readonly waiting: Waiting[] = [];
	private uploads = 0;
	private bytes = 0;

	/** The result of `upload`, which begins when there is room for it, or at once when the workflow is stopped. */
	async pass<T>(sizeBytes: number, clock: Pick<Clock, 'whenCancelled'>, upload: () => Promise<T>): Promise<T> {
		const entry = await this.enter(sizeBytes, clock);
		try {
			return await upload();
		} finally {
			this.leave(entry);
		}
	}

	private async enter(sizeBytes: number, clock: Pick<Clock, 'whenCancelled'>): Promise<Waiting> {
		return await new Promise((resolve) => {
			const entry: Waiting = { sizeBytes, admit: () => resolve(entry) };
			this.waiting.push(entry);
			void clock.whenCancelled.then(() => this.admitNow(entry));
			this.admitNext();
		});
	}

	private leave({ sizeBytes }: Waiting): void {
		this.uploads -= 1;
		this.bytes -= sizeBytes;
		this.admitNext();
	}

	private admitNext(): void {
		for (let first = this.waiting[0]; first !== undefined && this.hasRoomFor(first); first = this.waiting[0]) this.admitNow(first);
	}

	/** Does nothing for one that was admitted before. */
	private admitNow(entry: Waiting): void {
		const position = this.waiting.indexOf(entry);
		if (position === -1) return;
		this.waiting.splice(position, 1);
		this.uploads += 1;
		this.bytes += entry.sizeBytes;
		entry.admit();
	}

	private hasRoomFor({ sizeBytes }: Waiting): boolean {
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
