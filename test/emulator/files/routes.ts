import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context';
import { cutPage } from '../lists/page';
import { pageFields, sortDirField } from '../lists/query';
import { invalid, notFound } from '../server/errors';
import { idOf } from '../server/params';
import { readDocument, type StoredFile } from './document';
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
	const { options, store } = context;

	app.post('/files/upload', async ({ body, query }) => {
		const { convertToPdf } = uploadQuery.parse(query);
		const { fields, fileName: name, bytes } = uploadSchema.parse(body);
		if (bytes.length === 0) throw invalid('The file is empty.', 'file');
		const source = { name, bytes, password: fields.password, convertToPdf: convertToPdf === 'true' };
		return shapeFile(keepFile(context, name, bytes, await readDocument(source, context.pdf)), null);
	});

	app.get('/files', async ({ query: rawQuery }) => {
		const query = listQuery.parse(rawQuery);
		const part = query.nameContains?.toLowerCase() ?? '';
		const listing = {
			name: 'files',
			entries: [...store.files.values()].filter(({ name }) => name.toLowerCase().includes(part)),
			positionOf: (file: StoredFile) => ({ atMs: file.createdAtMs, id: file.id }),
			shape: shapeFileSummary,
		};
		return cutPage(listing, query, options);
	});

	app.get('/files/:id', async ({ params, query }) => {
		readQuery.parse(query);
		const file = findFile(params, context);
		return shapeFile(file, linkTo(file, context));
	});

	app.delete('/files/:id', async ({ params }) => {
		const { id } = findFile(params, context);
		store.files.delete(id);
		return { id };
	});
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
