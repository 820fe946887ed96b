import S3rver from 's3rver';
import { makeFolder, removeFolder } from './folder';

/** A bucket on a storage server of its own that speaks as Amazon's S3 does. */
export interface Bucket {
	/** Data of an S3 credential in n8n. */
	credential: object;
	put: (key: string, bytes: Buffer) => Promise<void>;
	/** @throws Error when there is no such file */
	get: (key: string) => Promise<Buffer>;
	/** The keys of all files, in the order of the alphabet. */
	list: () => Promise<string[]>;
	close: () => Promise<void>;
}

const HOST = '127.0.0.1';
/** The one account that the server has. */
const ACCOUNT = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

export async function startBucket(name: string): Promise<Bucket> {
	const directory = makeFolder('bucket');
	const server = new S3rver({ address: HOST, port: 0, directory, silent: true, vhostBuckets: false, configureBuckets: [{ name }] });
	const { port } = await server.run();
	const endpoint = `http://${HOST}:${port}`;
	const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
		const answer = await fetch(`${endpoint}/${name}${path}`, init);
		if (!answer.ok) throw new Error(`The storage answered ${path} with status ${answer.status}.`);
		return answer;
	};
	return {
		credential: { endpoint, region: 'us-east-1', forcePathStyle: true, ...ACCOUNT },
		put: async (key, bytes) => void (await request(`/${encodeURI(key)}`, { method: 'PUT', body: new Uint8Array(bytes) })),
		get: async (key) => Buffer.from(await (await request(`/${encodeURI(key)}`)).arrayBuffer()),
		list: async () => keysIn(await (await request('')).text()),
		close: async () => {
			await server.close();
			removeFolder(directory);
		},
	};
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
function keysIn(listing: string): string[] {
	return [...listing.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = '']) => key).sort();
}
