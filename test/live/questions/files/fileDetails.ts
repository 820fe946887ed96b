import { makePdf } from '../../../emulator/testing/pdf';
import { LIGHT_CONFIG, LIGHT_PAGE, TEXTS } from '../../lab/config';
import { accepted, idOf } from '../../lab/lab';
import { numberAt, objectIn, textAt } from '../../lab/read';
import type { Question } from '../../question';

const PAGES = 2;

function describePages(file: unknown): string {
	return String(numberAt(objectIn(file).metadata, 'pageCount') ?? 'not said');
}

export const fileDetails: Question = {
	name: 'fileDetails',
	asks: 'What does a file show right after its upload, and what once a run has read it?',
	maxCredits: () => PAGES * LIGHT_PAGE,
	async ask(lab) {
		const uploaded = accepted(await lab.upload(new Uint8Array(makePdf(TEXTS.invoice, TEXTS.contract)), 'pdf'));
		const run = await lab.run({ config: LIGHT_CONFIG, file: { id: idOf(uploaded) } }, PAGES * LIGHT_PAGE);
		const { mode, status } = objectIn(uploaded.dataRetention);
		return {
			facts: {
				'its metadata after the upload': JSON.stringify(uploaded.metadata),
				'its page count in the run that has read it': describePages(run.file),
				'its data retention': mode === undefined ? 'not said' : `${String(mode)}, ${String(status)}`,
				'its times': /\.\d{3}Z$/.test(textAt(uploaded, 'createdAt') ?? '') ? 'with milliseconds' : 'in another form',
			},
			seen: [String(uploaded.createdAt)],
		};
	},
};
