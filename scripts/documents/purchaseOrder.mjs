import { northwind, toolMaker } from './companies.mjs';
import { openPdf, PAGE, write, writeAddress, writeFacts, writeFooter, writeLetterhead, writeSignature, writeTable } from './page.mjs';

/** A purchase order for workshop tools. */
export function drawPurchaseOrder() {
	const pdf = openPdf('Purchase order PO-77345');
	const top = writeLetterhead(pdf, northwind);
	writeAddress(pdf, 'Supplier', toolMaker, [PAGE.left, top]);
	writeFacts(pdf, facts, { x: 345, y: top });
	write(pdf, 'PURCHASE ORDER', [PAGE.left, 215], { size: 22, bold: true, color: northwind.color });
	write(pdf, 'We order the articles below at the agreed prices of your quotation Q-5512.', [PAGE.left, 246]);
	const below = writeTable(pdf, { columns, rows, y: 268, color: northwind.color });
	write(pdf, 'Order total, excluding VAT', [325, below + 12], { bold: true, width: 140 });
	write(pdf, '€4,961.50', [455, below + 12], { bold: true, width: 84, align: 'right' });
	const end = writeConditions(pdf, below + 46);
	writeSignature(pdf, 'Robin Sample, buyer', { x: PAGE.left, y: end + 60, hand: 0 });
	writeSignature(pdf, 'Order confirmed by the supplier, date', { x: 325, y: end + 60 });
	writeFooter(pdf, northwind);
	return pdf;
}

/** @type {Array<[string, string]>} */
const facts = [
	['Order number', 'PO-77345'],
	['Order date', '19 January 2026'],
	['Requested by', 'Workshop 2'],
	['Cost centre', '4410'],
	['Delivery date', '16 February 2026'],
];

/** @type {import('./page.mjs').Column[]} */
const columns = [
	{ title: 'Line', width: 40 },
	{ title: 'Article', width: 80 },
	{ title: 'Description', width: 165 },
	{ title: 'Quantity', width: 60, align: 'right' },
	{ title: 'Price', width: 70, align: 'right' },
	{ title: 'Line total', width: 80, align: 'right' },
];

const rows = [
	['10', 'ST-1140', 'Torque wrench 20-100 Nm, with certificate', '15', '€112.00', '€1,680.00'],
	['20', 'ST-1306', 'Socket set 1/2", 24 pieces', '15', '€84.50', '€1,267.50'],
	['30', 'ST-2207', 'Digital caliper 150 mm, IP67', '20', '€39.90', '€798.00'],
	['40', 'ST-3015', 'Bench vice 125 mm, swivel base', '6', '€148.00', '€888.00'],
	['50', 'ST-9001', 'Cutting oil, 5 l canister', '16', '€20.50', '€328.00'],
];

const conditions = [
	'Quote the purchase order number PO-77345 on all papers and parcels.',
	'Partial shipments need the written consent of the buyer.',
	'Deliver to: Northwind Example Ltd, Goods In, Gate 3, 12 Sample Street, Exampleton EX1 2MP, 07:00 to 15:00.',
	'Prices are fixed, DAP Exampleton (Incoterms 2020). We pay 30 days after receiving your bill.',
	'Please confirm the order within three working days.',
];

/**
 * @param {import('./page.mjs').Pdf} pdf
 * @param {number} y
 */
function writeConditions(pdf, y) {
	write(pdf, 'Conditions', [PAGE.left, y], { bold: true });
	return conditions.reduce(
		(top, text, index) => write(pdf, `${index + 1}.  ${text}`, [PAGE.left, top], { size: 9, width: 480 }) + 3,
		y + 16,
	);
}
