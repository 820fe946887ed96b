import { join } from 'node:path';
import { cleanEnvironment } from './npm.mjs';
import { answersHttp, startServer } from './server.mjs';

/** The key that the stand-in accepts; it is in its source too and opens nothing else. */
const STAND_IN_KEY = 'sk_test_emulator';
/** A run takes about as long as a quick one at Extend, so that the waiting can be seen in the editor. */
const TIMES = ['--pending-ms', '700', '--run-ms', '2500'];

/**
 * Starts the local stand-in for Extend's API and returns once it is ready.
 * @param {{ root: string, port: number, logFile: string }} plan
 */
export async function startStandIn({ root, port, logFile }) {
	const baseUrl = `http://127.0.0.1:${port}`;
	const server = await startServer({
		name: 'The stand-in for Extend',
		command: process.execPath,
		args: ['--import', 'tsx', join('test', 'emulator', 'main.ts'), '--port', String(port), ...TIMES],
		cwd: root,
		env: cleanEnvironment(process.env),
		logFile,
		// Answers 401 without a key, which is an answer.
		isReady: () => answersHttp(`${baseUrl}/classifiers`),
		limitMs: 30_000,
	});
	return { ...server, account: { apiKey: STAND_IN_KEY, region: 'custom', baseUrl } };
}
