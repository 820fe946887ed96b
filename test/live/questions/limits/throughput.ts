import { LIGHT_CONFIG, LIGHT_PAGE, LIGHT_PAGE_AGAIN, TEXTS } from '../../lab/config';
import type { Answer } from '../../lab/http';
import { accepted, idOf, type Lab } from '../../lab/lab';
import { isGood, textAt } from '../../lab/read';
import { pause } from '../../lab/stopping';
import type { Question } from '../../question';
import { calmDown } from './burst';

/** How long after the last start a run may wait without being held back. */
const WAIT_POLLS = 20;

/** A limit per second is over after this many tries; what is refused then is so for longer. */
const TRIES = 3;

async function startOne(lab: Lab, id: string, credits: number): Promise<Answer> {
	for (let tries = 1; ; tries++) {
		const answer = await lab.start({ config: LIGHT_CONFIG, file: { id } }, credits, { repeats: 0 });
		if (answer.status !== 429 || tries === TRIES) return answer;
		await calmDown(lab);
	}
}

/** Starts on one file, which is read once; the first lasting refusal ends it. */
async function startMany(lab: Lab, id: string): Promise<{ ids: string[]; refusal?: Answer }> {
	const ids: string[] = [];
	while (ids.length < lab.settings.throughputFiles) {
		const answer = await startOne(lab, id, ids.length === 0 ? LIGHT_PAGE : LIGHT_PAGE_AGAIN);
		if (!isGood(answer)) return { ids, refusal: answer };
		ids.push(idOf(answer.body));
	}
	return { ids };
}

async function isHeldBack(lab: Lab, ids: string[]): Promise<boolean> {
	await pause(WAIT_POLLS * lab.settings.pollMs, lab.http.signal);
	const last = await lab.look(ids.at(-1) ?? '');
	return textAt(last, 'status') === 'PENDING';
}

export const throughput: Question = {
	name: 'throughput',
	asks: 'What becomes of documents beyond the throughput of the plan: do they wait, or are they refused?',
	maxCredits: ({ throughputFiles }) => LIGHT_PAGE + throughputFiles * LIGHT_PAGE_AGAIN,
	async ask(lab) {
		const file = idOf(accepted(await lab.upload(new TextEncoder().encode(TEXTS.invoice), 'txt')));
		const { ids, refusal } = await startMany(lab, file);
		const held = refusal === undefined && (await isHeldBack(lab, ids));
		const endings = new Set<string>();
		for (const id of ids) endings.add(String((await lab.finish(id)).status));
		const beyond = refusal ? `are refused with ${refusal.status}` : held ? 'wait' : 'none: all were processed at once';
		return { facts: { 'documents beyond the throughput': beyond, 'runs end as': [...endings].sort().join(', ') }, seen: [`${ids.length} runs were started`] };
	},
};
