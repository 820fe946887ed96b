/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- prepares files for n8n */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackageInN8n, packageDirIn } from '../../scripts/lib/communityPackage.mjs';
import { ensureN8n, N8N_VERSION } from '../../scripts/lib/install.mjs';
import { demoPaths, projectRoot, versionPaths } from '../../scripts/lib/paths.mjs';
import { readDemoDir } from '../../scripts/lib/settings.mjs';
import { makeFolder } from './folder';

export interface Installation {
	/** The Node that n8n wants. */
	nodePath: string;
	n8nScript: string;
	/** This package as it would be published: built, packed and unpacked. */
	packageDir: string;
}

/** The version of n8n that the tests run. */
export function testedVersion(): string {
	return process.env.EXTEND_TEST_N8N_VERSION?.trim() || N8N_VERSION;
}

let installation: Promise<Installation> | undefined;

/**
 * n8n as `npm start` installs it, or the version that EXTEND_TEST_N8N_VERSION names, and the package as the sources are
 * now; what is there already is used.
 */
export async function ensureInstalled(): Promise<Installation> {
	installation ??= install();
	return await installation;
}

async function install(): Promise<Installation> {
	const version = testedVersion();
	const demo = demoPaths(readDemoDir(process.env));
	const paths = version === N8N_VERSION ? demo : versionPaths(demo, version);
	const logs = join(projectRoot, '.n8n', 'logs');
	for (const folder of [paths.logs, logs]) mkdirSync(folder, { recursive: true });
	const n8n = await ensureN8n(paths, version);
	// A folder of the tests' own: the data of `npm start` is not touched, and n8n may be shared by several checkouts.
	const userFolder = join(projectRoot, '.n8n', 'test');
	await ensurePackageInN8n({ root: projectRoot, userFolder, logs });
	return { ...n8n, packageDir: packageDirIn(userFolder) };
}

/** A new user folder of n8n with nothing in it but the package. */
export function makeUserFolder({ packageDir }: Installation): string {
	const userFolder = makeFolder('n8n');
	cpSync(packageDir, packageDirIn(userFolder), { recursive: true });
	return userFolder;
}
