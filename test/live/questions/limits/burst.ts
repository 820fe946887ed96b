import type { Answer } from '../../lab/http';
import type { Lab } from '../../lab/lab';
import { pause } from '../../lab/stopping';

/** All limits are per second; after so long a full one is free again. */
const CALM_MS = 1_500;

/** Waits until what was sent before no longer counts. */
export async function calmDown(lab: Lab): Promise<void> {
	await pause(CALM_MS, lab.http.signal);
}

/**
 * Sends many requests at once.
 * @returns all answers, and a promise that settles at the first refusal for too many requests, or when there is none
 */
export function sendBurst(lab: Lab, method: string, path: string, json?: object): { answers: Promise<Answer[]>; refused: Promise<boolean> } {
	const sending = Array.from({ length: lab.settings.burst }, async () => await lab.http.once(method, path, { json }));
	const answers = Promise.all(sending);
	const first = new Promise<boolean>((resolve) => {
		for (const each of sending) {
			each.then(
				({ status }) => status === 429 && resolve(true),
				() => undefined, // whoever awaits the answers hears of it
			);
		}
	});
	return { answers, refused: Promise.race([first, answers.then((all) => all.some(({ status }) => status === 429))]) };
}
