import { LIGHT_CONFIG, nobodys } from '../../lab/config';
import type { Lab } from '../../lab/lab';
import { free, type Question } from '../../question';
import { calmDown, sendBurst } from './burst';

const TINY = new TextEncoder().encode('One line.');
const TRIES = 3;

/** Whether uploads are refused while one kind of requests is; undefined when that kind never is. */
async function isRefusedWith(lab: Lab, method: string, path: string, json?: object): Promise<boolean | undefined> {
	const { answers, refused } = sendBurst(lab, method, path, json);
	const isFull = await refused;
	const uploads = isFull ? await Promise.all(Array.from({ length: TRIES }, async () => await lab.uploadOnce(TINY, 'txt'))) : [];
	await answers;
	await calmDown(lab);
	return isFull ? uploads.filter(({ status }) => status === 429).length > TRIES / 2 : undefined;
}

export const uploadBucket: Question = {
	name: 'uploadBucket',
	asks: 'Which limit does an upload count in: that of changes, or that of starts?',
	maxCredits: free,
	async ask(lab) {
		// Neither of the two does anything: there is no such file.
		const withChanges = await isRefusedWith(lab, 'DELETE', `/files/${nobodys('file')}`);
		const withStarts = await isRefusedWith(lab, 'POST', '/classify_runs', { config: LIGHT_CONFIG, file: { id: nobodys('file') } });
		const describe = (isRefused: boolean | undefined) =>
			isRefused === undefined ? 'not to be seen: they were not refused' : isRefused ? 'refused too' : 'taken';
		return { facts: { 'an upload while changes are refused': describe(withChanges), 'an upload while starts are refused': describe(withStarts) } };
	},
};
