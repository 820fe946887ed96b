import type { Extend } from 'extend-ai';
import { z } from 'zod';
import { invalid } from '../server/errors';

function isObject(value: unknown): boolean {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const classification = z.object({ id: z.string().min(1), type: z.string().min(1), description: z.string() }).strict();

const advancedOptions = z
	.object({
		context: z.string(),
		advancedMultimodalEnabled: z.boolean(),
		memoryEnabled: z.boolean(),
		pageRanges: z.array(z.object({ start: z.number().int().min(1), end: z.number().int().min(1) }).strict()),
	})
	.partial()
	.strict();

/** Checked down to its first level only: the stand-in does not parse, it merely echoes. */
const parseConfig = z
	.object({
		target: z.string(),
		engine: z.string(),
		engineVersion: z.string(),
		chunkingStrategy: z.custom<Extend.ParseConfigChunkingStrategy>(isObject),
		blockOptions: z.custom<Extend.ParseConfigBlockOptions>(isObject),
		advancedOptions: z.custom<Extend.ParseConfigAdvancedOptions>(isObject),
	})
	.partial()
	.strict();

/** ClassifyConfig. */
export const configSchema = z
	.object({
		classifications: z.array(classification).min(1),
		baseProcessor: z.string().optional(),
		baseVersion: z.string().optional(),
		classificationRules: z.string().optional(),
		advancedOptions: advancedOptions.optional(),
		parseConfig: parseConfig.optional(),
	})
	.strict();

/** ClassifyOverrideConfig: the same, all of it optional. */
export const overrideSchema = configSchema.partial();

/**
 * Checks what a schema cannot: unique IDs and, if the options want it, a category of type `other`.
 * @throws ApiProblem 400 that names `path`
 */
export function checkCategories(categories: Extend.Classification[], path: string, requireOther: boolean): void {
	const ids = new Set(categories.map(({ id }) => id));
	if (ids.size < categories.length) {
		throw invalid('Classification ids must be unique.', `${path}.classifications`);
	}
	if (requireOther && !categories.some(({ type }) => type === 'other')) {
		throw invalid('At least one classification must have type "other".', `${path}.classifications`);
	}
}

/** The default release of each base processor. @see https://docs.extend.ai/changelog */
const DEFAULT_VERSIONS: Record<string, string> = {
	classification_standard: '1.2.0',
	classification_instant: '1.0.0',
};

/** The configuration with Extend's defaults filled in; an echoed configuration may differ from the one sent. */
export function normalizeConfig(config: Extend.ClassifyConfig): Extend.ClassifyConfig {
	const baseProcessor = config.baseProcessor ?? 'classification_performance';
	const parseConfig = { target: 'markdown', engine: 'parse_performance', engineVersion: 'latest', ...config.parseConfig };
	return { baseProcessor, baseVersion: DEFAULT_VERSIONS[baseProcessor] ?? '3.2.0', ...config, parseConfig };
}

/** The saved configuration with only the given fields replaced. */
export function overrideConfig(
	saved: Extend.ClassifyConfig,
	override: Extend.ClassifyOverrideConfig = {},
): Extend.ClassifyConfig {
	const merged = { ...saved, ...override, classifications: override.classifications ?? saved.classifications };
	if (override.advancedOptions) merged.advancedOptions = { ...saved.advancedOptions, ...override.advancedOptions };
	if (override.parseConfig) merged.parseConfig = { ...saved.parseConfig, ...override.parseConfig };
	return normalizeConfig(merged);
}
