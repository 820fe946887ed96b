import { LIGHT, LIGHT_PAGE, TEXTS } from '../../lab/config';
import { accepted, idOf, type Lab } from '../../lab/lab';
import { listAt, textAt } from '../../lab/read';
import { pause } from '../../lab/stopping';
import { NotAskable, type Question } from '../../question';

const COST = 2 * LIGHT_PAGE;
const UNFINISHED = new Set(['PENDING', 'PROCESSING']);

async function anyClassifier(lab: Lab): Promise<string> {
	const [first] = listAt(accepted(await lab.http.send('GET', '/classifiers', { query: { maxPageSize: '1' } })), 'data');
	if (first === undefined) throw new NotAskable('needs a classifier, and there is none in this workspace');
	return idOf(first);
}

async function finishBatch(lab: Lab, id: string): Promise<string> {
	const deadlineMs = Date.now() + lab.settings.retryTimeoutMs;
	for (;;) {
		const status = String(accepted(await lab.http.send('GET', `/batch_runs/${id}`)).status);
		if (!UNFINISHED.has(status)) return status;
		if (Date.now() > deadlineMs) throw new Error(`The batch ${id} is still ${status}.`);
		await pause(lab.settings.pollMs, lab.http.signal);
	}
}

export const failedRun: Question = {
	name: 'failedRun',
	asks: 'Which status does a batch end with when one of its runs failed?',
	maxCredits: () => COST,
	async ask(lab) {
		const classifier = { id: await anyClassifier(lab), overrideConfig: LIGHT };
		const inputs = [{ file: lab.text(TEXTS.invoice) }, { file: { url: `https://${lab.mark}.invalid/document.pdf` } }];
		const batch = accepted(await lab.startBatch({ classifier, inputs }, COST));
		const id = idOf(batch);
		const end = await finishBatch(lab, id);
		const runs = listAt(accepted(await lab.http.send('GET', '/classify_runs', { query: { batchId: id } })), 'data');
		const statuses = await Promise.all(runs.map(async (run) => String((await lab.finish(idOf(run))).status)));
		return {
			facts: {
				'status right after the start': textAt(batch, 'status') ?? 'none',
				'status in the end': end,
				'statuses of its runs': statuses.sort().join(', '),
			},
		};
	},
};
