/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- serves and spoils what npm start wants */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { REGION_BASE_URLS } from '../../nodes/Extend/api/deployment';
import { readText } from '../package/support/project';
import { Folders, runStart } from './startScript';

const KEY = 'sk_test_of_this_test';
/** Nothing answers here. Port 9, which is usual for that, is one that fetch refuses. */
const NOWHERE = 'http://127.0.0.1:2';

const folders = new Folders();
const servers: Server[] = [];
afterEach(() => {
	folders.removeAll();
	for (const server of servers.splice(0)) server.close();
});

/** A server that answers everything with a status. Returns its port. */
async function serve(status = 200): Promise<number> {
	const server = createServer((_, response) => void response.writeHead(status).end('{}'));
	servers.push(server);
	for (;;) {
		// Below the ports that systems give to outgoing connections, so that one that is free stays so.
		const port = randomInt(20_000, 32_768);
		const isOurs = await new Promise<boolean>((resolve) => {
			server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
		});
		if (isOurs) return port;
	}
}

/** Ports that are free, for all that is started, and a folder of its own. */
async function freshPlace(): Promise<Record<string, string>> {
	const [n8n, broker, standIn] = [await serve(), await serve(), await serve()];
	for (const server of servers.splice(-3)) server.close();
	return { EXTEND_DEMO_DIR: folders.make(), N8N_PORT: `${n8n}`, N8N_RUNNERS_BROKER_PORT: `${broker}`, EXTEND_STAND_IN_PORT: `${standIn}` };
}

describe('npm start', () => {
	it('names the port that is taken, by whom it is wanted and how to choose another', async () => {
		const port = await serve();
		const ended = await runStart({ env: { ...(await freshPlace()), N8N_PORT: `${port}` } });
		expect(ended).toEqual({
			code: 1,
			text: `\nPort ${port}, wanted for n8n, is in use. Free it or choose another: N8N_PORT=<port>\n`,
			leftBehind: [],
		});
	});

	it('names every port that is taken at once', async () => {
		const [broker, standIn] = [await serve(), await serve()];
		const env = { ...(await freshPlace()), N8N_RUNNERS_BROKER_PORT: `${broker}`, EXTEND_STAND_IN_PORT: `${standIn}` };
		const { code, text } = await runStart({ env });
		expect(code).toBe(1);
		expect(text).toMatch(`Port ${broker}, wanted for n8n's task broker, is in use. Free it or choose another: N8N_RUNNERS_BROKER_PORT=<port>`);
		expect(text).toMatch(`Port ${standIn}, wanted for the stand-in for Extend, is in use. Free it or choose another: EXTEND_STAND_IN_PORT=<port>`);
	});

	it.each([
		['N8N_PORT', 'abc', 'N8N_PORT is "abc", which is no port. Give a number from 1 to 65535.'],
		['N8N_PORT', '70000', 'N8N_PORT is "70000", which is no port. Give a number from 1 to 65535.'],
		['EXTEND_REGION', 'eu', 'EXTEND_REGION or EXTEND_BASE_URL is set, but EXTEND_API_KEY is not. Set it too, or none of them.'],
	])('says what is wrong with %s=%s', async (name, value, message) => {
		expect(await runStart({ env: { [name]: value } })).toEqual({ code: 1, text: `\n${message}\n`, leftBehind: [] });
	});

	it('says which flags there are when it does not know one', async () => {
		const { code, text } = await runStart({ flags: ['--twice'] });
		expect(code).toBe(1);
		expect(text).toMatch(/There is no flag "--twice"[^]*--once[^]*EXTEND_DEMO_DIR/);
	});

	it('says that the project cannot be written to where it lies in a folder of somebody else', async () => {
		const root = folders.makeClone();
		chmodSync(root, 0o555);
		const ended = await runStart({ root, isNobody: true });
		const advice = 'Its packages go there. Change its rights, or copy the project to a folder of your own.';
		expect(ended).toEqual({ code: 1, text: `\nThe project's folder ${root} cannot be written to: you have no right to. ${advice}\n`, leftBehind: [] });
	});

	it('says that its folder for n8n cannot be written to, and how to choose another', async () => {
		const root = folders.makeClone();
		chmodSync(root, 0o777);
		mkdirSync(join(root, '.n8n'), { mode: 0o555 });
		const ended = await runStart({ root, isNobody: true });
		const advice = 'Change its rights, or choose another one: EXTEND_DEMO_DIR=<folder>';
		expect(ended).toEqual({ code: 1, text: `\nThe folder ${join(root, '.n8n')} cannot be written to: you have no right to. ${advice}\n`, leftBehind: [] });
	});

	it('says that a file is where its folder for n8n should be', async () => {
		const file = join(folders.make(), 'file');
		writeFileSync(file, '');
		for (const folder of [file, join(file, 'demo')]) {
			const { code, text } = await runStart({ env: { EXTEND_DEMO_DIR: folder } });
			expect(code).toBe(1);
			expect(text).toMatch(`The folder ${folder} cannot be written to: a file has its name or that of a folder above it.`);
		}
	});

	it('does not start twice in one folder', async () => {
		const folder = folders.make();
		const other = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)', 'start.mjs']);
		writeFileSync(join(folder, 'running.json'), JSON.stringify({ pid: other.pid }));
		const { code, text } = await runStart({ env: { EXTEND_DEMO_DIR: folder } });
		other.kill();
		expect(code).toBe(1);
		expect(text).toMatch(`The demo in ${folder} is running already, as process ${other.pid}. Stop it with Ctrl+C there or with: kill ${other.pid}`);
		expect(existsSync(join(folder, 'running.json'))).toBe(true);
	});

	it('says that npm cannot reach its registry from a computer that is offline', async () => {
		const npm = { npm_config_registry: NOWHERE, npm_config_fetch_retries: '0', npm_config_cache: folders.make() };
		const { code, text, leftBehind } = await runStart({ root: folders.makeClone(), env: { ...(await freshPlace()), ...npm } });
		expect(code).toBe(1);
		expect(text).toMatch(/Installing the project's packages did not succeed/);
		expect(text).toMatch('npm could not reach its registry. Check that this computer is online, and whether npm needs a proxy, then start again.');
		expect(leftBehind).toEqual([]);
	}, 120_000);
});

describe('npm start with a key of Extend', () => {
	const start = async (baseUrl: string, env: Record<string, string> = {}) => {
		const ended = await runStart({ env: { ...(await freshPlace()), EXTEND_API_KEY: KEY, EXTEND_BASE_URL: baseUrl, ...env } });
		expect(ended.text).not.toContain(KEY);
		return ended;
	};

	it('says that Extend cannot be reached before it installs anything', async () => {
		const advice = 'Check that this computer is online. Without EXTEND_API_KEY a stand-in on this computer answers instead.';
		expect(await start(NOWHERE)).toEqual({ code: 1, text: `\nExtend cannot be reached at ${NOWHERE} (ECONNREFUSED). ${advice}\n`, leftBehind: [] });
	});

	it.each([
		[401, 'does not know the key in EXTEND_API_KEY. Copy it again'],
		[403, 'may not read classifiers'],
		[404, 'There is no Extend API at'],
	])('says what is wrong when Extend answers with status %i', async (status, message) => {
		const { code, text, leftBehind } = await start(`http://127.0.0.1:${await serve(status)}`);
		expect([code, leftBehind]).toEqual([1, []]);
		expect(text).toMatch(message);
	});

	it.each([200, 402, 429, 503])('goes on when Extend answers with status %i', async (status) => {
		const n8n = await serve();
		const { code, text } = await start(`http://127.0.0.1:${await serve(status)}`, { N8N_PORT: `${n8n}` });
		expect([code, text]).toEqual([1, expect.stringContaining(`Port ${n8n}, wanted for n8n, is in use.`)]);
	});

	it('asks nothing where only n8n may know the way through a proxy', async () => {
		const n8n = await serve();
		const { text } = await start(NOWHERE, { N8N_PORT: `${n8n}`, HTTPS_PROXY: NOWHERE });
		expect(text).toMatch(`Port ${n8n}, wanted for n8n, is in use.`);
	});

	it.each(['extend.example.com', 'https://'])('wants a whole address, and not %s', async (baseUrl) => {
		const { code, text } = await start(baseUrl);
		expect([code, text]).toEqual([1, `\nEXTEND_BASE_URL is "${baseUrl}". Give a whole address, such as https://extend.example.com\n`]);
	});

	it('knows the same regions as the credential', () => {
		const script = readText('scripts/lib/extendAccount.mjs');
		for (const [region, address] of Object.entries(REGION_BASE_URLS)) expect(script).toContain(`${region}: '${address}'`);
	});
});
