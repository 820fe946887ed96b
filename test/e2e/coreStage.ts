/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads a document */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item } from '../../scripts/lib/n8nRest.mjs';
import { documentsDir } from '../../scripts/lib/paths.mjs';

export const PDF = readFileSync(join(documentsDir, 'invoice.pdf'));

/** Parameters that classify an item's file, and an item's text. */
export const SAVED = { classifier: { mode: 'id', value: 'cl_inbound_mail' } };
export const asText = { ...SAVED, fileSource: 'text', text: '={{ $json.text }}' };

const INVOICE = 'INVOICE number 4711. The supplier asks for payment of the amount due.';

/** Items with a number and a text; the stand-in ends the run of each as it says. */
export function itemsEnding(...endings: object[]): Item[] {
	return endings.map((ending, n) => ({ json: { n, text: `${INVOICE}\nemulator: ${JSON.stringify(ending)}` } }));
}

/** Items with a number and the invoice of the examples. */
export function pdfItems(count: number): Item[] {
	const data = { mimeType: 'application/pdf', fileName: 'invoice.pdf', data: PDF.toString('base64') };
	return Array.from({ length: count }, (_, n) => ({ json: { n }, binary: { data } }));
}
