/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the SDK's files */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fieldsOf, methodsOf, parseDeclarations, valuesInComment, valuesOf } from './declarations';
import { TOPICS, type Source } from './topics';

const snapshotSchema = z.object({
	/** Version of the SDK. */
	sdk: z.string(),
	/** What the SDK declares, by topic. */
	topics: z.record(z.array(z.string())),
});

export type Snapshot = z.infer<typeof snapshotSchema>;

/** The SDK that is installed here. */
export const INSTALLED_SDK = join(__dirname, '../../node_modules/extend-ai');
/** What the code was written for. */
export const KNOWN_FILE = join(__dirname, 'known.json');

/** What the SDK in a folder declares. A topic it no longer has is empty. */
export function readSdk(folder: string): Snapshot {
	const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
	const topics = TOPICS.map(({ name, source }): [string, string[]] => [name, readTopic(folder, source)]);
	return { sdk: version, topics: Object.fromEntries(topics) };
}

function readTopic(folder: string, source: Source): string[] {
	const path = join(folder, source.file);
	if (!existsSync(path)) return [];
	if (source.kind === 'pattern') return readMatches(path, source.pattern);
	const file = parseDeclarations(path, readFileSync(path, 'utf8'));
	switch (source.kind) {
		case 'fields':
			return fieldsOf(file, source.of);
		case 'values':
			return valuesOf(file, source.of);
		case 'methods':
			return methodsOf(file, source.of);
		case 'comment':
			return valuesInComment(file, source.of, source.field);
	}
}

function readMatches(path: string, pattern: RegExp): string[] {
	const files = statSync(path).isFile() ? [path] : readdirSync(path).map((name) => join(path, name));
	const texts = files.filter((file) => file.endsWith('.js')).map((file) => readFileSync(file, 'utf8'));
	return [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, found = '']) => found)))].sort();
}

export function readKnown(): Snapshot {
	return snapshotSchema.parse(JSON.parse(readFileSync(KNOWN_FILE, 'utf8')));
}

export function writeKnown(snapshot: Snapshot): void {
	writeFileSync(KNOWN_FILE, `${JSON.stringify(snapshot, null, '\t')}\n`);
}
