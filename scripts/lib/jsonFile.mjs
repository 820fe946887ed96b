import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * The object in a JSON file; undefined when the file is missing or was left half written.
 * @param {string} file
 * @returns {Record<string, unknown> | undefined}
 */
export function readJson(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

/**
 * Writes through a second file, so that an interruption leaves the old content or the new one. Only the owner may read it.
 * @param {string} file
 * @param {object} content
 */
export function writePrivateJson(file, content) {
	const draft = `${file}.new`;
	writeFileSync(draft, `${JSON.stringify(content, null, '\t')}\n`, { mode: 0o600 });
	renameSync(draft, file);
}
