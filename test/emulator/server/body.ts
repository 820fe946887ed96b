import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalid } from './errors';

/** A multipart request, read in full. */
export interface UploadBody {
	fields: Record<string, string>;
	fileName?: string;
	bytes?: Buffer;
}

/** Reads JSON and multipart. An empty JSON body counts as none: clients differ on what they send with a cancel. */
export async function acceptBodies(app: FastifyInstance): Promise<void> {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
		try {
			done(null, body === '' ? undefined : JSON.parse(String(body)));
		} catch {
			done(invalid('The request body is not valid JSON.'));
		}
	});
	// No size limit of Extend is known, so none is set here.
	await app.register(multipart, { limits: { fileSize: Infinity } });
}

/** All parts of a multipart request. */
export async function readUpload(request: FastifyRequest): Promise<UploadBody> {
	const upload: UploadBody = { fields: {} };
	for await (const part of request.parts()) {
		if (part.type === 'field') {
			upload.fields[part.fieldname] = String(part.value);
			continue;
		}
		const bytes = await part.toBuffer();
		if (part.fieldname !== 'file' || upload.bytes) throw invalid('Unexpected file.', part.fieldname);
		upload.bytes = bytes;
		upload.fileName = part.filename;
	}
	return upload;
}
