/* eslint-disable @n8n/community-nodes/no-restricted-imports -- serves tests of node's own runner, reads files */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentsDir } from '../../scripts/lib/paths.mjs';
import type { ReceivedMail } from '../n8n/mailSink';

/** The one image of the emails: a picture of one pixel. */
export const LOGO = {
	filename: 'logo.png',
	content: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
};

/** A sample document, to be attached. */
export const attachment = (name: string) => ({ filename: name, content: readFileSync(join(documentsDir, name)) });

/** Makes the folders that the user of the example has to make. Returns where they are. */
export function makeCategoryFolders(home: string): string {
	const filed = join(home, '.n8n-files');
	for (const folder of ['invoice', 'delivery_note']) mkdirSync(join(filed, folder), { recursive: true });
	return filed;
}

/** Sees to it that these documents, and no others, are in the folder of a category. */
export function assertSaved(folder: string, ...names: string[]): void {
	const saved = readdirSync(folder);
	assert.equal(saved.length, names.length, saved.join());
	for (const name of names) {
		const file = saved.find((each) => each.endsWith(`-${name}`));
		assert.ok(file !== undefined, `${name} is not among ${saved.join()}`);
		assert.ok(readFileSync(join(folder, file)).equals(attachment(name).content));
	}
}

/** Sees to it that this document, and nothing else, is attached to an email. */
export function assertAttached(mail: ReceivedMail, name: string): void {
	assert.deepEqual(mail.attachments.map(({ fileName }) => fileName), [name]);
	assert.ok(mail.attachments[0]?.bytes.equals(attachment(name).content));
}
