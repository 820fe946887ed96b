/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits between two looks */

/** Thrown out of whatever is under way when somebody ends the check. */
export class Stopped extends Error {
	constructor() {
		super('The check was ended.');
	}
}

/** Settles after so many milliseconds. @throws Stopped as soon as the signal says so */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		if (signal.aborted) return reject(new Stopped());
		const onAbort = () => {
			clearTimeout(timer);
			reject(new Stopped());
		};
		const timer = setTimeout(() => {
			signal.removeEventListener('abort', onAbort);
			resolve();
		}, ms);
		signal.addEventListener('abort', onAbort, { once: true });
	});
}
