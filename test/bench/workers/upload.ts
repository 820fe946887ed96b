/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads a file and sends it */
import { ExtendClient } from 'extend-ai';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { IDataObject } from 'n8n-workflow';
import { Engine, messagesOf, nodeOf, PASS_ON } from '../engine/engine';
import { measureUsage } from '../lib/usage';
import { answerParent } from '../lib/worker';
import { CLASSIFIER_ID, type Uploader, type UploadJob, type UploadReport } from '../protocol';

const BOUNDARY = 'benchmark';

/** What is measured; gives the messages of what went wrong. */
type Upload = () => Promise<string[]>;

async function prepareEngine(job: UploadJob, type: string, parameters: IDataObject, typeVersion?: number): Promise<Upload> {
	const engine = new Engine(job.installation, job);
	await engine.n8n.getService(engine.n8n.core.BinaryDataService).init();
	const flow = { nodes: [nodeOf('Before', PASS_ON), nodeOf('Upload', type, parameters, typeVersion)], connections: { Before: [['Upload']] } };
	return async () => messagesOf(await engine.run(flow, [{ json: {}, binary: { data: job.file.binary } }]));
}

async function prepareNode(job: UploadJob): Promise<Upload> {
	const classifier = { __rl: true, mode: 'id', value: CLASSIFIER_ID };
	const parameters = { operation: 'classify', classifyWith: 'classifier', classifier, fileSource: 'binary', binaryFields: 'data' };
	return await prepareEngine(job, 'n8n-nodes-extend-ai.extendClassify', parameters);
}

async function prepareHttpRequest(job: UploadJob): Promise<Upload> {
	const parameters = {
		method: 'POST',
		url: `${job.url}/files/upload`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'extendApi',
		sendBody: true,
		contentType: 'multipart-form-data',
		bodyParameters: { parameters: [{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' }] },
	};
	return await prepareEngine(job, 'n8n-nodes-base.httpRequest', parameters, 4.2);
}

/** As most code does it: the file is read, put into a Blob and sent as a form. */
async function prepareSdk({ url, apiKey, file }: UploadJob): Promise<Upload> {
	const client = new ExtendClient({ token: apiKey, baseUrl: url, maxRetries: 0 });
	return async () => {
		const blob = new File([await readFile(file.path)], 'upload.pdf', { type: 'application/pdf' });
		await client.files.upload(blob, {});
		return [];
	};
}

/** The least that Node needs for it. */
async function preparePipe({ url, file }: UploadJob): Promise<Upload> {
	const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="upload.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
	const end = `\r\n--${BOUNDARY}--\r\n`;
	const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, 'content-length': head.length + file.sizeBytes + end.length };
	return async () => {
		const outgoing = request(`${url}/files/upload`, { method: 'POST', headers });
		const answered = new Promise<number>((resolve, reject) => {
			outgoing.once('error', reject).once('response', (answer) => resolve(answer.resume().statusCode ?? 0));
		});
		outgoing.write(head);
		await pipeline(createReadStream(file.path), outgoing, { end: false });
		outgoing.end(end);
		const status = await answered;
		return status === 200 ? [] : [`Status ${status}`];
	};
}

const PREPARE: Record<Uploader, (job: UploadJob) => Promise<Upload>> = {
	node: prepareNode,
	httpRequest: prepareHttpRequest,
	sdk: prepareSdk,
	pipe: preparePipe,
};

/** Everything is loaded before the measuring starts. */
answerParent<UploadJob>(async (job): Promise<UploadReport> => {
	const upload = await PREPARE[job.uploader](job);
	const endMeasuring = measureUsage();
	const messages = await upload();
	return { ...endMeasuring(), messages };
});
