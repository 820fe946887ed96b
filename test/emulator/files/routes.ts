import type { Extend } from 'extend-ai';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context';
import { cutPage, type ListEnvelope } from '../lists/page';
import { pageFields, sortDirField } from '../lists/query';
import { invalid, notFound } from '../server/errors';
import { idOf } from '../server/params';
import { readDocument, type StoredFile } from './document';
import { isPdf, isUnsupported } from './fileTypes';
import { keepFile } from './keep';
import { shapeFile, shapeFileSummary } from './shape';

const flag = z.enum(['true', 'false']).optional();

const uploadQuery = z.object({ convertToPdf: flag }).strict();
const readQuery = z.object({ rawText: flag, markdown: flag, html: flag }).strict();
const listQuery = z.object({ ...pageFields, ...sortDirField, nameContains: z.string().optional() }).strict();

const uploadSchema = z.object({
	fields: z.object({ password: z.string().optional() }).strict(),
	fileName: z.string({ required_error: 'A file with a name is required.' }).min(1),
	bytes: z.custom<Buffer>(Buffer.isBuffer),
});

const LINK_LIFETIME_SECONDS = 900;

/** Routes below /files. */
export function registerFileRoutes(app: FastifyInstance, context: Context): void {
	app.post('/files/upload', async ({ body, query }) => await uploadFile(body, query, context));

	app.get('/files', async ({ query }) => listFiles(query, context));

	app.get('/files/:id', async ({ params, query }) => {
		readQuery.parse(query);
		const file = findFile(params, context);
		return shapeFile(file, linkTo(file, context));
	});

	app.delete('/files/:id', async ({ params }) => {
		const { id } = findFile(params, context);
		context.store.files.delete(id);
		return { id };
	});
}

async function uploadFile(body: unknown, query: unknown, context: Context): Promise<Extend.File_> {
	const { convertToPdf } = uploadQuery.parse(query);
	const { fields, fileName: name, bytes } = uploadSchema.parse(body);
	if (bytes.length === 0) throw invalid('The file is empty.', 'file');
	if (isUnsupported(name) && !isPdf(bytes)) throw invalid(`The type of the file "${name}" is not supported.`, 'file');
	const source = { name, bytes, password: fields.password, convertToPdf: convertToPdf === 'true' };
	const document = await readDocument(source, context.pdf);
	return shapeFile(keepFile({ ...document, name, bytes }, context), null);
}

function listFiles(rawQuery: unknown, { options, store }: Context): ListEnvelope<Extend.FileSummary> {
	const query = listQuery.parse(rawQuery);
	const part = query.nameContains?.toLowerCase() ?? '';
	const listing = {
		name: 'files',
		entries: [...store.files.values()].filter(({ name }) => name.toLowerCase().includes(part)),
		positionOf: (file: StoredFile) => ({ atMs: file.createdAtMs, id: file.id }),
		shape: shapeFileSummary,
	};
	return cutPage(listing, query, options);
}

function findFile(params: unknown, { store }: Context): StoredFile {
	const file = store.files.get(idOf(params));
	if (file === undefined) throw notFound('File');
	return file;
}

/** A link that needs no key, like those of Extend's storage. */
function linkTo({ id, name }: StoredFile, context: Context): string {
	const expiresAtMs = context.options.nowMs() + LINK_LIFETIME_SECONDS * 1_000;
	return `${context.url()}/storage/${id}/${encodeURIComponent(name)}?expires=${expiresAtMs}`;
}
