/* eslint-disable @n8n/community-nodes/no-restricted-imports -- loads the package as n8n does */
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { readManifest } from '../engine/manifest';
import { answerParent } from '../lib/worker';
import type { Installation } from '../protocol';

/** Milliseconds for loading and creating all that the package has, in a fresh process that has loaded n8n-workflow. */
answerParent<Installation>(async ({ packageDir }): Promise<number> => {
	const load = createRequire(join(packageDir, 'package.json'));
	const { n8n } = readManifest(packageDir);
	load('n8n-workflow');
	const startMs = performance.now();
	for (const file of [...n8n.nodes, ...n8n.credentials]) {
		const name = basename(file).split('.')[0] ?? '';
		new (load(join(packageDir, file))[name])();
	}
	return performance.now() - startMs;
});
