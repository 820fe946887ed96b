import type { ExtendClient } from '../../../nodes/Extend/api/client';
import { answer, textAnswer } from '../support/answers';
import { clientOf } from '../support/scriptedSend';

describe.each([
	['deleteRun', async (client: ExtendClient) => await client.deleteRun('clr_1')],
	['deleteFile', async (client: ExtendClient) => await client.deleteFile('file_1')],
])('ExtendClient.%s', (_, ask) => {
	it('takes an empty body for a yes', async () => {
		await expect(ask(clientOf(textAnswer(204, '')).client)).resolves.toBeUndefined();
	});

	it('asks again when the answer is a page of something in between', async () => {
		const { client, ports } = clientOf(textAnswer(200, '<html>Sign in</html>'), answer(200, { id: 'x' }));
		await ask(client);
		expect(ports.sent).toHaveLength(2);
	});

	it('is done when the answer was cut and nothing is left to delete', async () => {
		const { client, ports } = clientOf(textAnswer(200, '{"id":'), answer(404, { code: 'NOT_FOUND' }));
		await ask(client);
		expect(ports.sent).toHaveLength(2);
	});
});
