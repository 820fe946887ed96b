import { makePdf } from '../../../emulator/testing/pdf';
import { describeAnswer, isGood, numberAt, objectIn } from '../../lab/read';
import { free, type Question } from '../../question';

const MEGABYTE = 1024 * 1024;
const PAGES = 500;

export const uploadSize: Question = {
	name: 'uploadSize',
	asks: 'How large may a file be, and how many pages may it have?',
	maxCredits: free,
	async ask(lab) {
		const { uploadMb } = lab.settings;
		const large = await lab.upload(new Uint8Array(uploadMb * MEGABYTE).fill(0x20), 'txt');
		const long = await lab.upload(new Uint8Array(makePdf(...Array.from({ length: PAGES }, (_, index) => `Page ${index + 1}`))), 'pdf');
		const { pageCount } = objectIn(objectIn(long.body).metadata);
		return {
			facts: {
				'the largest file tried': describeAnswer(large),
				[`a PDF of ${PAGES} pages`]: describeAnswer(long),
				'its page count': isGood(long) ? String(numberAt({ pageCount }, 'pageCount') ?? 'not said') : 'none',
			},
			seen: [`The largest file tried had ${uploadMb} MB; try others with --upload-mb.`],
		};
	},
};
