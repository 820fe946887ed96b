/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- looks for programs */
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ExplainedError } from '../../scripts/lib/explained.mjs';

/** Debian keeps PostgreSQL's server out of the PATH, in a folder for each version. */
const POSTGRES_HOME = '/usr/lib/postgresql';

/** @throws ExplainedError naming the Debian package that brings the program */
export function findRedis(): string {
	return find(['redis-server'], pathFolders(), 'redis-server');
}

/** The folder with `postgres` and `initdb`, of the newest version. @throws ExplainedError naming the Debian package */
export function findPostgres(): string {
	const versions = existsSync(POSTGRES_HOME) ? readdirSync(POSTGRES_HOME) : [];
	const newestFirst = versions.sort((left, right) => Number(right) - Number(left));
	const folders = [...newestFirst.map((version) => join(POSTGRES_HOME, version, 'bin')), ...pathFolders()];
	return join(find(['postgres'], folders, 'postgresql'), '..');
}

/** @throws ExplainedError naming the Debian package that brings the program */
export function findDovecot(): string {
	return find(['dovecot'], [...pathFolders(), '/usr/sbin'], 'dovecot-imapd');
}

/** The browser for n8n's editor. @throws ExplainedError naming the Debian package that brings one */
export function findChromium(): string {
	return find(['chromium', 'google-chrome'], pathFolders(), 'chromium');
}

export interface Account {
	uid: number;
	gid: number;
}

/** The name of an account or a group by its number. @throws Error when the system knows none */
export function nameOfId(kind: 'passwd' | 'group', id: number): string {
	const found = readSystemFile(kind).find(([, , number]) => number === String(id))?.[0];
	if (found === undefined) throw new Error(`/etc/${kind} has no name for ${id}.`);
	return found;
}

/** Whom to run PostgreSQL as, see accountFor. */
export function postgresUser(): Account | undefined {
	return accountFor('postgres', 'postgresql');
}

/** Whom to run Dovecot as, see accountFor. */
export function dovecotUser(): Account | undefined {
	return accountFor('dovecot', 'dovecot-imapd');
}

/**
 * Root gives a server that refuses to be root the account that Debian made for it.
 * @returns undefined for this process's own user
 * @throws ExplainedError when there is no such account
 */
function accountFor(name: string, debianPackage: string): Account | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const [, , uid, gid] = readSystemFile('passwd').find(([account]) => account === name) ?? [];
	if (uid === undefined) throw missing(`The account "${name}"`, debianPackage);
	return { uid: Number(uid), gid: Number(gid) };
}

function readSystemFile(kind: 'passwd' | 'group'): string[][] {
	return readFileSync(`/etc/${kind}`, 'utf8').split('\n').map((line) => line.split(':'));
}

function pathFolders(): string[] {
	return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
}

/** The first of the programs that is in one of the folders. */
function find(programs: string[], folders: string[], debianPackage: string): string {
	const found = programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(isExecutable);
	if (found === undefined) throw missing(programs.join(' or '), debianPackage);
	return found;
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false; // Absent, or not for us: either way it cannot be run.
	}
}

function missing(what: string, debianPackage: string): ExplainedError {
	return new ExplainedError(`${what} is missing on this computer. On Debian or Ubuntu: apt-get install ${debianPackage}`);
}
