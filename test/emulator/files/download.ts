import type { Extend } from 'extend-ai';
import type { Context } from '../context';
import { withTimeLimit } from '../timeLimit';
import { readDocument, type StoredFile } from './document';
import { typeByMime, typeByName } from './fileTypes';
import { keepFile } from './keep';

/**
 * The file behind a URL; undefined when it cannot be had. Only this machine is asked: for other hosts the words of the
 * file name take the place of the content, and a host that ends in `.invalid` stands for one that does not answer.
 */
export async function downloadFile(input: Extend.FileFromUrl, context: Context): Promise<StoredFile | undefined> {
	const { hostname, pathname } = new URL(input.url);
	const name = input.name ?? fileNameOf(pathname);
	if (hostname.endsWith('.invalid')) return undefined;
	if (hostname !== '127.0.0.1') {
		const bytes = Buffer.alloc(0);
		return keepFile({ name, bytes, type: typeByName(name), pages: [name], pageCount: 1 }, context);
	}
	const content = await withTimeLimit(context.closing, context.options.fetchTimeoutMs, async (signal) => await fetchContent(input.url, signal));
	if (content === undefined) return undefined;
	const type = typeByName(name) ?? typeByMime(content.mime);
	const password = input.settings?.password;
	const { bytes } = content;
	const document = await readDocument({ name, bytes, password, type }, context.pdf);
	return keepFile({ ...document, name, bytes }, context);
}

function fileNameOf(pathname: string): string {
	const last = pathname.split('/').at(-1);
	if (last === undefined || last === '') return 'document';
	try {
		return decodeURIComponent(last);
	} catch {
		return last; // a stray percent sign
	}
}

async function fetchContent(url: string, signal: AbortSignal): Promise<{ bytes: Buffer; mime: string } | undefined> {
	try {
		// A redirect could leave this machine.
		const response = await fetch(url, { signal, redirect: 'error' });
		if (!response.ok) return undefined;
		const bytes = Buffer.from(await response.arrayBuffer());
		return { bytes, mime: response.headers.get('content-type') ?? '' };
	} catch {
		// Refused, reset or too slow: for the run it is all the same, the file could not be downloaded.
		return undefined;
	}
}
