import { answer } from '../support/answers';
import { faultOf } from '../support/faults';
import { clientOf } from '../support/scriptedSend';

const run = { id: 'clr_1', status: 'PENDING' };
const list = answer(200, { object: 'list', data: [] });

describe('ExtendClient.listRuns', () => {
	it.each([
		[{ data: [run, null, 'x'], nextPageToken: 'next' }, [run], 'next'],
		[{ data: [], nextPageToken: '' }, [], undefined],
		[{ data: [], nextPageToken: null }, [], undefined],
		[{ data: [] }, [], undefined],
	])('reads a page when it is %j', async (body, entries, nextPageToken) => {
		expect(await clientOf(answer(200, body)).client.listRuns({}, 10)).toEqual({ entries, nextPageToken });
	});

	it.each([400, 422])('asks for smaller pages from then on when a large one is refused with %i', async (status) => {
		const { client, ports } = clientOf(answer(status, {}), list);
		await client.listRuns({}, 1_000);
		await client.listRuns({}, 1_000, 'next');
		expect(ports.sent.map(({ query }) => query?.maxPageSize)).toEqual([1_000, 100, 100]);
	});

	it('keeps asking for large pages when a small one is refused too', async () => {
		const { client, ports } = clientOf(answer(400, {}), answer(400, {}), list);
		await faultOf(client.listRuns({}, 1_000));
		await client.listRuns({}, 1_000);
		expect(ports.sent.map(({ query }) => query?.maxPageSize)).toEqual([1_000, 100, 1_000]);
	});

	it.each([
		[100, 400],
		[1_000, 401],
	])('gives up when a page of %i is answered with %i', async (size, status) => {
		const { client, ports } = clientOf(answer(status, {}), list);
		expect((await faultOf(client.listRuns({}, size))).facts.status).toBe(status);
		expect(ports.sent).toHaveLength(1);
	});

	it.each([[{}], [[]], [{ data: {} }], [{ data: null }]])('does not take %j for an empty list', async (body) => {
		const fault = await faultOf(clientOf(answer(200, body)).client.listRuns({}, 10));
		expect(fault.facts.code).toBe('UNREADABLE_ANSWER');
	});
});
