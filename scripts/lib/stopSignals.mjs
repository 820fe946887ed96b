import { killAllChildren, stopAllChildren } from './processes.mjs';

/** npm hands a Ctrl+C on although the terminal has sent it to us too; what comes this soon is the same one. */
const SAME_SIGNAL_MS = 700;
const CHECK_PARENT_MS = 1_000;

/**
 * From now on Ctrl+C ends what was started and then this process; a second one does not wait for that.
 * @param {{ exitCode: () => number }} options
 */
export function stopOnSignals({ exitCode }) {
	let firstMs = 0;
	const stop = async () => {
		if (firstMs > 0) return Date.now() - firstMs > SAME_SIGNAL_MS ? kill() : undefined;
		firstMs = Date.now();
		process.stdout.write('\nStopping. Ctrl+C once more does not wait.\n');
		await stopAllChildren();
		process.exit(exitCode());
	};
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, stop);
	watchNpm(stop);
	return { isStopping: () => firstMs > 0 };
}

function kill() {
	killAllChildren();
	process.exit(130);
}

/**
 * When npm is ended, its shell may end without telling us, and n8n would go on unseen.
 * @param {() => void} stop
 */
function watchNpm(stop) {
	if (process.env.npm_lifecycle_event === undefined) return;
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(timer);
		stop();
	}, CHECK_PARENT_MS);
	timer.unref();
}
