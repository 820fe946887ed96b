/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads a file that is locked by a password */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIGHT_CONFIG, LIGHT_PAGE } from '../../lab/config';
import { idOf } from '../../lab/lab';
import { describeAnswer, isGood } from '../../lab/read';
import type { Question } from '../../question';

const LOCKED = join(__dirname, '../../../emulator/testing/fixtures/locked.pdf');
const PASSWORD = 'opensesame';

export const lockedPdf: Question = {
	name: 'lockedPdf',
	asks: 'Does an upload take the password of a locked PDF along?',
	maxCredits: () => LIGHT_PAGE,
	async ask(lab) {
		const uploaded = await lab.upload(new Uint8Array(readFileSync(LOCKED)), 'pdf', { password: PASSWORD });
		const facts = { 'an upload with its password': describeAnswer(uploaded) };
		if (!isGood(uploaded)) return { facts };
		const { status, failureReason } = await lab.run({ config: LIGHT_CONFIG, file: { id: idOf(uploaded.body) } }, LIGHT_PAGE);
		return { facts: { ...facts, 'a run on it': [status, failureReason].filter((part) => part !== null).join(' ') } };
	},
};
