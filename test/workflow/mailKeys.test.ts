import type { IDataObject } from 'n8n-workflow';
import mailExample from '../../examples/workflows/mail-attachments-by-category.json';
import gmailExample from '../../examples/workflows/gmail-attachments.json';
import { byText, INVOICE, openStage } from './setup';

/** The Idempotency Key of an example. */
function keyOf({ nodes }: { nodes: Array<{ name: string; parameters: object }> }): string {
	const options = nodes.map(({ parameters }) => ('options' in parameters ? (parameters.options as IDataObject) : {}));
	return String(options.find(({ idempotencyKey }) => idempotencyKey !== undefined)?.idempotencyKey);
}

/** What n8n's triggers give of an email, without what no key needs. @see packages/nodes-base/nodes in n8n's repository */
const EMAILS: Array<[trigger: string, example: Parameters<typeof keyOf>[0], json: IDataObject]> = [
	['Email Trigger (IMAP), format Resolved', mailExample, { messageId: '<4711@mail.example>', subject: 'Invoice', attributes: { uid: 7 } }],
	['Gmail Trigger, Simplify on', mailExample, { id: '18f2', threadId: '18f2', Subject: 'Invoice' }],
	['Gmail Trigger, Simplify off', mailExample, { id: '18f2', threadId: '18f2', messageId: '<4711@mail.example>', subject: 'Invoice' }],
	['Gmail Trigger, in its own example', gmailExample, { id: '18f2', threadId: '18f2', messageId: '<4711@mail.example>', subject: 'Invoice' }],
	['Microsoft Outlook Trigger, Simplified', mailExample, { id: 'AAMk', conversationId: 'AAQk', subject: 'Invoice' }],
	['Microsoft Outlook Trigger, Raw', mailExample, { id: 'AAMk', internetMessageId: '<4711@mail.example>', subject: 'Invoice' }],
];

describe('the Idempotency Key of the examples', () => {
	it.concurrent.each(EMAILS)('is there for an email of %s', async (_, example, json) => {
		const stage = await openStage();
		const parameters = { ...byText, text: INVOICE, options: { idempotencyKey: keyOf(example) } };
		for (const executionId of ['1', '2']) {
			const { json: items, error } = await stage.run({ parameters, items: [{ json }], executionId });
			expect(error).toBeUndefined();
			expect(items).toMatchObject([{ category: 'invoice' }]);
		}
		expect(stage.extend.store.runs.size).toBe(1);
		await stage.extend.close();
	});
});
