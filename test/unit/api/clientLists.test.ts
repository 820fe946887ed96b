import { ExtendClient } from '../../../nodes/Extend/api/client';
import { PageSizes } from '../../../nodes/Extend/api/pageSizes';
import { answer } from '../support/answers';
import { faultOf } from '../support/faults';
import { clientOf, scripted } from '../support/scriptedSend';

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

	/** A server that takes pages of at most so many. */
	const upTo = (largest: number, status = 400): { client: ExtendClient; sizes: () => unknown[] } => {
		const ports = scripted([list]);
		const send: typeof ports.send = async (request) => {
			await ports.send(request);
			return Number(request.query?.maxPageSize) > largest ? answer(status, { code: 'INVALID_REQUEST' }) : list;
		};
		return { client: new ExtendClient({ ...ports, send }), sizes: () => ports.sent.map(({ query }) => query?.maxPageSize) };
	};

	it.each([
		[400, 500, [1_000, 500, 500]],
		[422, 500, [1_000, 500, 500]],
		[400, 100, [1_000, 500, 250, 125, 100, 100]],
		[400, 50, [1_000, 500, 250, 125, 100, 50, 50]],
		[400, 10, [1_000, 500, 250, 125, 100, 50, 25, 12]],
	])('halves the page until it is taken, and remembers, when a %i refuses more than %i', async (status, largest, expected) => {
		const { client, sizes } = upTo(largest, status);
		await client.listRuns({}, 1_000).catch(() => undefined);
		if (largest > 10) await client.once().listRuns({}, 1_000, 'next');
		expect(sizes()).toEqual(expected);
	});

	it('does the same for every list', async () => {
		const { client, sizes } = upTo(50);
		await client.listClassifiers(100);
		await client.listClassifierVersions('cl_1', 100);
		await client.listClassifierVersions('cl_2', 100);
		expect(sizes()).toEqual([100, 50, 100, 50, 50]);
	});

	it('shares what it has learned with other clients of the credential', async () => {
		const pageSizes = new PageSizes();
		const ports = { ...scripted([answer(400, {}), list]), pageSizes };
		await new ExtendClient(ports).listRuns({}, 40);
		await new ExtendClient(ports).listRuns({}, 40);
		expect(ports.sent.map(({ query }) => query?.maxPageSize)).toEqual([40, 20, 20]);
	});

	it('does not ask for less when a size is refused that was taken before, since it is for something else', async () => {
		const { client, ports } = clientOf(list, answer(400, { code: 'INVALID_REQUEST', message: 'The status is unknown.' }));
		await client.listRuns({}, 40);
		expect((await faultOf(client.listRuns({ status: 'X' }, 40))).message).toContain('The status is unknown');
		expect(ports.sent).toHaveLength(2);
	});

	it('tells the first refusal when every size is refused', async () => {
		const { client, ports } = clientOf(answer(400, { code: 'A', message: 'first' }), answer(400, { code: 'B', message: 'other' }));
		expect((await faultOf(client.listRuns({}, 40))).facts.code).toBe('A');
		expect(ports.sent).toHaveLength(3);
	});

	it('does not ask for less when the answer is another one', async () => {
		const { client, ports } = clientOf(answer(401, { code: 'UNAUTHORIZED' }), list);
		expect((await faultOf(client.listRuns({}, 1_000))).facts.status).toBe(401);
		expect(ports.sent).toHaveLength(1);
	});

	it.each([[{}], [[]], [{ data: {} }], [{ data: null }]])('does not take %j for an empty list', async (body) => {
		const fault = await faultOf(clientOf(answer(200, body)).client.listRuns({}, 10));
		expect(fault.facts.code).toBe('UNREADABLE_ANSWER');
	});
});
