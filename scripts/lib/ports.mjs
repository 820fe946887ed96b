import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { ExplainedError } from './explained.mjs';

const HOST = '127.0.0.1';
const CONNECT_LIMIT_MS = 1_000;
/** Below the ports that systems give to outgoing connections, so that none of those takes it before the server does. */
const CHOSEN_FROM = 20_000;
const CHOSEN_BELOW = 32_768;

/** @typedef {{ port: number, user: string, variable: string }} WantedPort */

/**
 * Returns when all ports are free on 127.0.0.1.
 * @param {WantedPort[]} wanted
 * @throws {ExplainedError} naming each port in use and the variable that changes it
 */
export async function requireFreePorts(wanted) {
	const shared = wanted.find(({ port }, index) => wanted.findIndex((each) => each.port === port) !== index);
	if (shared) {
		throw new ExplainedError(`Port ${shared.port} was given twice. Set ${shared.variable} to another number.`);
	}
	const taken = [];
	for (const each of wanted) if (await isTaken(each.port)) taken.push(each);
	if (taken.length === 0) return;
	const lines = taken.map(
		({ port, user, variable }) => `Port ${port}, wanted for ${user}, is in use. Free it or choose another: ${variable}=<port>`,
	);
	throw new ExplainedError(lines.join('\n'));
}

/**
 * As many different ports as asked for, free on 127.0.0.1; chosen at random, since others choose beside us.
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function chooseFreePorts(count) {
	const ports = new Set();
	while (ports.size < count) {
		const port = randomInt(CHOSEN_FROM, CHOSEN_BELOW);
		if (!(await isTaken(port))) ports.add(port);
	}
	return [...ports];
}

/**
 * Whether anything holds the port. Both checks are needed: on macOS a port bound to all addresses can be bound to one
 * of them once more, and a port that is bound but does not answer is not free either.
 * @param {number} port
 */
export async function isTaken(port) {
	return (await answers(port)) || !(await canListen(port));
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function canListen(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, HOST, () => server.close(() => resolve(true)));
	});
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function answers(port) {
	return new Promise((resolve) => {
		const socket = connect({ port, host: HOST, timeout: CONNECT_LIMIT_MS });
		const end = (/** @type {boolean} */ answered) => {
			socket.destroy();
			resolve(answered);
		};
		socket.once('connect', () => end(true));
		socket.once('timeout', () => end(false));
		socket.once('error', () => end(false));
	});
}
