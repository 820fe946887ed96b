import { z } from 'zod';
import { configSchema, overrideSchema } from '../classifiers/config';

const METADATA_LIMIT_BYTES = 10 * 1024;
const BATCH_LIMIT = 1_000;

/** One of the three kinds of input: a URL, a file ID or text. */
const fileSchema = z
	.object({
		url: z.string(),
		id: z.string().min(1),
		text: z.string().min(1),
		name: z.string().min(1),
		settings: z.object({ password: z.string().optional() }).strict(),
	})
	.partial()
	.strict()
	.superRefine((file, { addIssue }) => {
		const refuse = (message: string, path: string[] = []) => addIssue({ code: 'custom', message, path });
		const given = [file.url, file.id, file.text].filter((each) => each !== undefined).length;
		if (given !== 1) refuse('Exactly one of "url", "id" and "text" must be given.');
		if (file.id !== undefined && file.name !== undefined) refuse('A name cannot go with an id.', ['name']);
		if (file.settings && file.url === undefined) refuse('Settings can only go with a url.', ['settings']);
		if (file.url !== undefined && !isWebAddress(file.url)) refuse('Invalid url', ['url']);
	});

/** A file by its ID. */
export const fileByIdSchema = z.object({ id: z.string().min(1) }).strict();

const metadataSchema = z
	.record(z.unknown())
	.refine(isSmall, 'Metadata cannot be larger than 10 KB.')
	.refine(hasTagList, { message: 'Must be an array of strings.', path: ['extend:usage_tags'] });

/** The older API version documents 1 to 100; official clients write 0 for "unset". */
const prioritySchema = z.number().int().min(0).max(100);

const classifierSchema = z
	.object({ id: z.string().min(1), version: z.string().min(1).optional(), overrideConfig: overrideSchema.optional() })
	.strict();

const runFields = {
	classifier: classifierSchema.optional(),
	config: configSchema.optional(),
	file: fileSchema,
	metadata: metadataSchema.optional(),
};

function hasOneTarget({ classifier, config }: { classifier?: object; config?: object }): boolean {
	return (classifier === undefined) !== (config === undefined);
}

const ONE_TARGET = 'Exactly one of "classifier" and "config" must be given.';

/** Body of POST /classify_runs. */
export const createSchema = z
	.object({ ...runFields, priority: prioritySchema.optional() })
	.strict()
	.refine(hasOneTarget, ONE_TARGET);

/** Body of POST /classify, which takes no priority. */
export const classifySchema = z.object(runFields).strict().refine(hasOneTarget, ONE_TARGET);

/** Body of POST /classify_runs/batch, which takes no inline configuration. */
export const batchSchema = z
	.object({
		classifier: classifierSchema,
		inputs: z
			.array(z.object({ file: fileSchema, metadata: metadataSchema.optional() }).strict())
			.min(1)
			.max(BATCH_LIMIT),
		priority: prioritySchema.optional(),
	})
	.strict();

export type FileInput = z.infer<typeof fileSchema>;
export type ClassifierInput = z.infer<typeof classifierSchema>;
export type RunRequest = z.infer<typeof createSchema>;

function isWebAddress(text: string): boolean {
	return /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '');
}

function isSmall(metadata: Record<string, unknown>): boolean {
	return Buffer.byteLength(JSON.stringify(metadata)) <= METADATA_LIMIT_BYTES;
}

function hasTagList(metadata: Record<string, unknown>): boolean {
	const tags = metadata['extend:usage_tags'];
	return tags === undefined || (Array.isArray(tags) && tags.every((tag) => typeof tag === 'string'));
}

/** The metadata as Extend keeps it: usage tags lose every character but letters, digits, `-` and `_`. */
export function cleanMetadata(metadata: Record<string, unknown> | undefined): Record<string, unknown> | null {
	const tags = metadata?.['extend:usage_tags'];
	if (!Array.isArray(tags)) return metadata ?? null;
	return { ...metadata, 'extend:usage_tags': tags.map((tag) => String(tag).replace(/[^\w-]/g, '')) };
}
