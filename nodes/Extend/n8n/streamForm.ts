import type { Upload } from '../api/http';

/**
 * A form in the shape of the FormData standard whose file part is read while it is sent, so that a file of any size
 * needs no memory. n8n's HTTP helper takes it for what its tag says and computes the exact Content-Length from `size`.
 */
export class StreamForm {
	private readonly parts: Array<[name: string, value: unknown]> = [];

	constructor(upload: Upload) {
		for (const [name, text] of Object.entries(upload.fields)) this.append(name, text);
		const { fileName, mimeType, sizeBytes, open } = upload;
		this.append('file', { name: fileName, type: mimeType, size: sizeBytes, stream: open });
	}

	append(name: string, value: unknown): void {
		this.parts.push([name, value]);
	}

	entries(): IterableIterator<[string, unknown]> {
		return this.parts[Symbol.iterator]();
	}

	[Symbol.iterator](): IterableIterator<[string, unknown]> {
		return this.entries();
	}

	get [Symbol.toStringTag](): string {
		return 'FormData';
	}

	/** Its presence tells n8n that the body can be sent once only. */
	getHeaders(): Record<string, string> {
		return {};
	}
}
