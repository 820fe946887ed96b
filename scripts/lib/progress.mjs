const LABEL_WIDTH = 22;
/** A terminal's line is rewritten this often; a log file gets a line this often. */
const TERMINAL_MS = 1_000;
const LOG_MS = 15_000;

/**
 * Prints one finished line: `n8n                   ready in 0:09`.
 * @param {string} label
 * @param {string} text
 */
export function report(label, text) {
	process.stdout.write(`${clearLine()}${label.padEnd(LABEL_WIDTH)}${text}\n`);
}

/**
 * Does the work while a line shows that it goes on, then prints the time it took.
 * @template T
 * @param {{ label: string, doing: string, done: string, measure?: () => string }} texts `measure` says how far it is
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress({ label, doing, done, measure }, work) {
	const startMs = Date.now();
	const tick = () => showTick(label, [doing, minutes(Date.now() - startMs), measure?.()].filter(Boolean).join('  '));
	tick();
	const timer = setInterval(tick, process.stdout.isTTY ? TERMINAL_MS : LOG_MS);
	try {
		const result = await work();
		report(label, `${done} in ${minutes(Date.now() - startMs)}`);
		return result;
	} catch (error) {
		process.stdout.write(clearLine());
		throw error;
	} finally {
		clearInterval(timer);
	}
}

/**
 * Minutes and seconds: 75,000 ms are 1:15.
 * @param {number} durationMs
 */
export function minutes(durationMs) {
	const seconds = Math.round(durationMs / 1_000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * @param {string} label
 * @param {string} text
 */
function showTick(label, text) {
	const end = process.stdout.isTTY ? '' : '\n';
	process.stdout.write(`${clearLine()}${label.padEnd(LABEL_WIDTH)}${text}${end}`);
}

function clearLine() {
	return process.stdout.isTTY ? '\r\u001b[K' : '';
}
