/* eslint-disable @n8n/community-nodes/no-restricted-imports -- stands before the stand-in on another address */
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { runNode } from '../engine';
import { byCategories, INVOICE, itemWith, openStage, type Stage } from '../setup';

let stage: Stage;
let server: Server;
beforeEach(async () => {
	stage = await openStage();
	const { port } = new URL(stage.extend.url);
	server = createServer((socket) => {
		const target = connect(Number(port), '127.0.0.1');
		for (const end of [socket, target]) end.on('error', () => end.destroy());
		socket.pipe(target).pipe(socket);
	});
	await new Promise<void>((resolve) => server.listen(0, '::1', resolve));
});
afterEach(async () => {
	server.close();
	await stage.extend.close();
});

describe('a Base URL with an IPv6 address', () => {
	it('is used for all requests, uploads included', async () => {
		const { port } = server.address() as AddressInfo;
		const credential = { apiKey: stage.extend.apiKey, region: 'custom', baseUrl: `http://[::1]:${port}/` };
		const { json, error } = await runNode({ parameters: byCategories, items: [await itemWith(INVOICE)], credential });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ status: 'PROCESSED', category: 'invoice' }]);
		expect(new Set(stage.extend.requests.map(({ headers }) => headers.host))).toEqual(new Set([`[::1]:${port}`]));
	});
});
