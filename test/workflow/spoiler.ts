/* eslint-disable @n8n/community-nodes/no-restricted-imports -- it is a server */
import { createServer, request as forward, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

/** Sends the answer of a request that was carried out in a way that nobody can read. */
export type Spoil = (response: ServerResponse, body: Buffer) => void;

const JSON_TYPE = { 'content-type': 'application/json' };

function half(bytes: Buffer): Buffer {
	return bytes.subarray(0, Math.ceil(bytes.length / 2));
}

function corrupt(bytes: Buffer): Buffer {
	return Buffer.concat([half(bytes), Buffer.alloc(8, 0x5a), bytes.subarray(Math.ceil(bytes.length / 2) + 8)]);
}

/** A whole answer in an encoding, whose bytes are not what the encoding promises. */
function encoded(name: string, bytes: (body: Buffer) => Buffer): Spoil {
	return (response, body) => response.writeHead(200, { ...JSON_TYPE, 'content-encoding': name }).end(bytes(body));
}

/** Raw bytes in place of an HTTP answer. */
function raw(text: string): Spoil {
	return ({ socket }) => socket?.end(text);
}

/** Every way in which an answer can be lost or cut, by name. */
export const SPOILS: Record<string, Spoil> = {
	'the Content-Length is too large': (response, body) => {
		response.writeHead(200, { ...JSON_TYPE, 'content-length': body.length + 10 });
		response.write(body, () => response.socket?.end());
	},
	'the chunks are cut short': (response, body) => {
		response.writeHead(200, { ...JSON_TYPE, 'transfer-encoding': 'chunked' });
		response.write(half(body), () => response.socket?.end());
	},
	'a chunk is cut short': raw('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n40\r\n{"id":'),
	'the size of a chunk is none': raw('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n'),
	'the gzip is corrupt': encoded('gzip', (body) => corrupt(gzipSync(body))),
	'the gzip is cut short': encoded('gzip', (body) => half(gzipSync(body))),
	'the gzip is none': encoded('gzip', (body) => body),
	'the brotli is corrupt': encoded('br', (body) => corrupt(brotliCompressSync(body))),
	'the brotli is cut short': encoded('br', (body) => half(brotliCompressSync(body))),
	'the deflate is corrupt': encoded('deflate', (body) => corrupt(deflateSync(body))),
	'the connection is reset before the headers': ({ socket }) => socket?.resetAndDestroy(),
	'the connection is reset after the headers': (response, body) => {
		response.writeHead(200, { ...JSON_TYPE, 'content-length': body.length });
		response.write(half(body), () => response.socket?.resetAndDestroy());
	},
	'the connection ends before the headers': ({ socket }) => socket?.end(),
	'the headers are cut short': raw('HTTP/1.1 200 OK\r\ncontent-ty'),
	'the headers are too long': raw(`HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(100_000)}\r\n\r\n{}`),
	'the answer is no HTTP': raw('SSH-2.0-OpenSSH_9.6\r\n'),
	'the JSON is cut short': (response, body) => response.writeHead(200, JSON_TYPE).end(half(body)),
	'the answer is empty': (response) => response.writeHead(200, JSON_TYPE).end(),
};

export interface Spoiler {
	url: string;
	/** Decides for each request whether its answer is spoiled, and how. */
	spoil: (request: { method: string; path: string }) => Spoil | undefined;
	/** Answers every request at once, before its body is read. */
	refuse?: (response: ServerResponse) => void;
	close: () => Promise<void>;
}

/** A server that hands every request on to another one, and can spoil the answers. */
export async function startSpoiler(target: string): Promise<Spoiler> {
	const spoiler: Spoiler = { url: '', spoil: () => undefined, close: async () => await close(server) };
	const server = createServer((request, response) => {
		const { method = '', url = '' } = request;
		if (spoiler.refuse !== undefined) return void spoiler.refuse(response);
		const asked = forward(new URL(url, target), { method, headers: request.headers }, (answer) => {
			void buffer(answer).then((body) => {
				const spoil = spoiler.spoil({ method, path: url.replace(/\?.*/, '') });
				if (spoil === undefined) response.writeHead(answer.statusCode ?? 0, answer.headers).end(body);
				else spoil(response, body);
			});
		});
		asked.on('error', () => response.destroy());
		request.pipe(asked);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	spoiler.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return spoiler;
}

async function close(server: Server): Promise<void> {
	const closed = new Promise((resolve) => server.close(resolve));
	server.closeAllConnections();
	await closed;
}
