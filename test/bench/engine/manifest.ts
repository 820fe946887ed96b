/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the package */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Manifest {
	name: string;
	dependencies?: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

/** What the package says of itself. */
export function readManifest(packageDir: string): Manifest {
	return JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
}
