import { z } from 'zod';

const paramsSchema = z.object({ id: z.string() });

/** The `:id` of a route. */
export function idOf(params: unknown): string {
	return paramsSchema.parse(params).id;
}
