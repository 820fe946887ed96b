import { z } from 'zod';

const fieldSchema = z.object({ type: z.union([z.string(), z.array(z.string())]).default('string') });
const schemaSchema = z.object({ properties: z.record(fieldSchema).default({}) });

/** The fields that a JSON schema names, as far as lines such as `Invoice number: 417` give them; null for the others. */
export function extractFields(text: string, schema: unknown): Record<string, string | number | null> {
	const { properties } = schemaSchema.parse(schema ?? {}, { path: ['config', 'schema'] });
	const lines = text.split('\n');
	return Object.fromEntries(Object.entries(properties).map(([name, { type }]) => [name, readField(lines, name, [type].flat())]));
}

function readField(lines: string[], name: string, types: string[]): string | number | null {
	const label = new RegExp(`^\\s*${name.split('_').join('[ _-]')}\\s*:\\s*(.+?)\\s*$`, 'i');
	const value = lines.map((line) => label.exec(line)?.[1]).find((found) => found !== undefined);
	if (value === undefined) return null;
	const isNumber = types.includes('number') || types.includes('integer');
	return isNumber ? readNumber(value) : value;
}

function readNumber(value: string): number | null {
	const digits = /-?\d[\d,]*(\.\d+)?/.exec(value)?.[0].replaceAll(',', '');
	return digits === undefined ? null : Number(digits);
}
