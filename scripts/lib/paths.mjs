import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The project's folder. The real path, because n8n compares real paths when it restricts the access to files.
 * @see https://docs.n8n.io/hosting/configuration/environment-variables/security/
 */
export const projectRoot = realpathSync(fileURLToPath(new URL('../..', import.meta.url)));

export const documentsDir = join(projectRoot, 'examples', 'documents');
export const examplesDir = join(projectRoot, 'examples', 'workflows');
/** What npm start runs: classify-documents.json with the sample documents as files. */
export const exampleWorkflowFile = join(projectRoot, 'scripts', 'demoWorkflow.json');

/**
 * Where everything of the demo lies.
 * @param {string} folder absolute, or relative to the project
 */
export function demoPaths(folder) {
	const dir = resolve(projectRoot, folder);
	return {
		dir,
		/** n8n's own `.n8n` folder with the database and the community packages lies in here. */
		userFolder: join(dir, 'data'),
		logs: join(dir, 'logs'),
		installedMarker: join(dir, 'installed.json'),
		secrets: join(dir, 'secrets.json'),
		state: join(dir, 'state.json'),
		running: join(dir, 'running.json'),
	};
}

/**
 * The same for another version of n8n, which lies in a folder of its own within that of the demo.
 * @param {DemoPaths} paths
 * @param {string} version
 */
export function versionPaths({ dir }, version) {
	return demoPaths(join(dir, 'versions', version));
}

/** @typedef {ReturnType<typeof demoPaths>} DemoPaths */
