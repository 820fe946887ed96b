import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage, unpackPackage } from './lib/communityPackage.mjs';
import { describeThrown, ExplainedError } from './lib/explained.mjs';
import { projectRoot } from './lib/paths.mjs';

/** What the scanner looks at in a published tarball. */
const TARBALL_PATTERNS = ['**/*.js', 'package.json'];

/**
 * Both legs of n8n's scanner, without its look-up of a published version: the sources, then the tarball that would be
 * published. Its own command line exits with 0 whatever it finds.
 * @returns {Promise<boolean>} whether it found nothing
 * @see https://www.npmjs.com/package/@n8n/scan-community-package
 */
async function scan() {
	const { analyzePackage, SOURCE_FILE_PATTERNS } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const work = mkdtempSync(join(tmpdir(), 'extend-scan-'));
	try {
		const source = await analyzePackage(projectRoot, SOURCE_FILE_PATTERNS);
		const tarball = await analyzePackage(await unpackTarball(work), TARBALL_PATTERNS);
		return [reportFindings('Sources', source), reportFindings('Tarball', tarball)].every(Boolean);
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
}

/** @param {string} work */
async function unpackTarball(work) {
	const target = join(work, 'package');
	mkdirSync(target);
	const tarball = await packPackage({ root: projectRoot, target: work, logs: work });
	await unpackPackage({ tarball, target, logs: work });
	// Without it the tarball holds next to nothing, and next to nothing would be found.
	if (!existsSync(join(target, 'dist'))) throw new ExplainedError('There is no build to scan. Run npm run build first.');
	return target;
}

/**
 * @param {string} name
 * @param {{ passed: boolean, message?: string, details?: string }} verdict
 */
function reportFindings(name, { passed, message, details }) {
	const text = passed ? 'no findings' : [message, details].filter(Boolean).join('\n');
	process.stdout.write(`${name}: ${text}\n`);
	return passed;
}

try {
	process.exitCode = (await scan()) ? 0 : 1;
} catch (error) {
	process.stderr.write(`${describeThrown(error)}\n`);
	process.exitCode = 1;
}
