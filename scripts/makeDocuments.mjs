// Draws the PDFs in examples/documents anew. Only needed after a change in scripts/documents: node scripts/makeDocuments.mjs
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { drawBillOfLading } from './documents/billOfLading.mjs';
import { drawContract } from './documents/contract.mjs';
import { drawCreditNote } from './documents/creditNote.mjs';
import { drawDeliveryNote } from './documents/deliveryNote.mjs';
import { drawInvoice } from './documents/invoice.mjs';
import { drawPurchaseOrder } from './documents/purchaseOrder.mjs';
import { documentsDir } from './lib/paths.mjs';

const drawings = {
	'bill-of-lading.pdf': drawBillOfLading,
	'contract.pdf': drawContract,
	'credit-note.pdf': drawCreditNote,
	'delivery-note.pdf': drawDeliveryNote,
	'invoice.pdf': drawInvoice,
	'purchase-order.pdf': drawPurchaseOrder,
};

for (const [name, draw] of Object.entries(drawings)) {
	const pdf = draw();
	pdf.end();
	await pipeline(pdf, createWriteStream(join(documentsDir, name)));
	process.stdout.write(`${name}\n`);
}
