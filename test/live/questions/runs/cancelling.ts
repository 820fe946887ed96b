import { LIGHT_CONFIG, LIGHT_PAGE, TEXTS } from '../../lab/config';
import { accepted, idOf, type Lab } from '../../lab/lab';
import { describeAnswer, isGood, textAt } from '../../lab/read';
import { pause } from '../../lab/stopping';
import type { Facts, Question } from '../../question';

const QUICK_LOOK_MS = 50;

async function cancel(lab: Lab, id: string): Promise<string> {
	const answer = await lab.http.send('POST', `/classify_runs/${id}/cancel`, { json: {} });
	return isGood(answer) ? `answered with a run that is ${textAt(answer.body, 'status')}` : describeAnswer(answer);
}

/** Looks often, since short documents are done soon. */
async function statusAfter(lab: Lab, id: string, before: string): Promise<string> {
	for (;;) {
		const status = String((await lab.look(id)).status);
		if (status !== before) return status;
		await pause(QUICK_LOOK_MS, lab.http.signal);
	}
}

export const cancelling: Question = {
	name: 'cancelling',
	asks: 'Can a run be cancelled before, while and after it is processed, and does it pass through another status?',
	maxCredits: () => LIGHT_PAGE,
	async ask(lab) {
		const run = accepted(await lab.start({ config: LIGHT_CONFIG, file: lab.text(TEXTS.deliveryNote) }, LIGHT_PAGE));
		const id = idOf(run);
		const facts: Facts = {};
		const passed: string[] = [];
		for (let status = String(run.status); ['PENDING', 'PROCESSING', 'CANCELLING'].includes(status); status = await statusAfter(lab, id, status)) {
			passed.push(status);
			if (status !== 'CANCELLING') facts[`cancelling a run that is ${status}`] = await cancel(lab, id);
		}
		const { status } = await lab.finish(id);
		facts['statuses on the way'] = passed.join(', ');
		facts['status in the end'] = String(status);
		facts['cancelling a run that has ended'] = await cancel(lab, id);
		return { facts };
	},
};
