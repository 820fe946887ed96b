import { z } from 'zod';
import type { EmulatorOptions } from '../options';

/** Query parameters that every list takes. Unknown parameters are refused, so that a misspelt one shows. */
export const pageFields = {
	nextPageToken: z.string().optional(),
	maxPageSize: z
		.string()
		.regex(/^\d+$/, 'Expected a whole number')
		.transform(Number)
		.optional(),
};

export const sortDirField = { sortDir: z.enum(['asc', 'desc']).default('desc') };

export const sortFields = { sortBy: z.enum(['updatedAt', 'createdAt']).default('updatedAt'), ...sortDirField };

export interface PageQuery {
	nextPageToken?: string;
	maxPageSize?: number;
	sortDir: 'asc' | 'desc';
}

/** What a handler needs to know of the options to cut a page. */
export type PageOptions = Pick<EmulatorOptions, 'defaultPageSize' | 'maxPageSize'>;
