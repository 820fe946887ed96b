import { northwind, paperMill } from './companies.mjs';
import { openPdf, PAGE, rule, write, writeAddress, writeFacts, writeFooter, writeLetterhead, writeTable } from './page.mjs';

/** An invoice over paper goods, with a discount, VAT and bank details. */
export function drawInvoice() {
	const pdf = openPdf('Invoice PP-2041');
	const top = writeLetterhead(pdf, paperMill);
	writeAddress(pdf, 'Invoiced to', northwind, [PAGE.left, top]);
	writeFacts(pdf, facts, { x: 345, y: top });
	write(pdf, 'INVOICE', [PAGE.left, 215], { size: 22, bold: true, color: paperMill.color });
	write(pdf, 'Goods supplied under your reference PO-77310, dispatched 9 January 2026.', [PAGE.left, 245]);
	const below = writeTable(pdf, { columns, rows, y: 268, color: paperMill.color });
	const end = writeTotals(pdf, below + 10);
	writePayment(pdf, end + 24);
	writeFooter(pdf, paperMill);
	return pdf;
}

/** @type {Array<[string, string]>} */
const facts = [
	['Invoice number', 'PP-2041'],
	['Invoice date', '12 January 2026'],
	['Due date', '11 February 2026'],
	['Customer number', 'NW-0042'],
	['VAT number', 'GB 000 0000 01'],
];

/** @type {import('./page.mjs').Column[]} */
const columns = [
	{ title: 'Pos.', width: 40 },
	{ title: 'Description', width: 235 },
	{ title: 'Quantity', width: 70, align: 'right' },
	{ title: 'Unit price', width: 70, align: 'right' },
	{ title: 'Amount', width: 80, align: 'right' },
];

const rows = [
	['1', 'Copy paper A4, 80 g/m², white\nbox of 5 reams', '40', '£18.40', '£736.00'],
	['2', 'Envelopes C5, window, self-seal\npack of 500', '12', '£21.75', '£261.00'],
	['3', 'Shipping cartons, double wall, 600 x 400 x 400 mm', '150', '£1.92', '£288.00'],
	['4', 'Packing tape, brown, 50 mm x 66 m', '72', '£1.15', '£82.80'],
	['5', 'Pallet wrap, 17 µm, 300 m roll', '18', '£7.60', '£136.80'],
	['6', 'Carriage and handling', '1', '£45.00', '£45.00'],
];

/**
 * @param {import('./page.mjs').Pdf} pdf
 * @param {number} y
 */
function writeTotals(pdf, y) {
	/** @type {Array<[string, string]>} */
	const sums = [
		['Subtotal', '£1,549.60'],
		['Trade discount 3%', '-£46.49'],
		['Net amount', '£1,503.11'],
		['VAT 20%', '£300.62'],
	];
	const end = sums.reduce((top, [label, sum]) => {
		write(pdf, label, [345, top], { width: 110 });
		write(pdf, sum, [455, top], { width: 84, align: 'right' });
		return top + 15;
	}, y);
	pdf.rect(339, end + 2, PAGE.right - 339, 22).fill('#e8f1eb');
	write(pdf, 'Amount payable', [345, end + 8], { bold: true, size: 10.5, width: 110 });
	write(pdf, '£1,803.73', [455, end + 8], { bold: true, size: 10.5, width: 84, align: 'right' });
	return end + 24;
}

/**
 * @param {import('./page.mjs').Pdf} pdf
 * @param {number} y
 */
function writePayment(pdf, y) {
	write(pdf, 'Payment', [PAGE.left, y], { bold: true });
	rule(pdf, y + 14);
	write(
		pdf,
		'Please transfer the amount payable within 30 days and quote the invoice number PP-2041. ' +
			'Invoices not settled by the due date bear interest at 8% a year.',
		[PAGE.left, y + 21],
		{ width: 480 },
	);
	/** @type {Array<[string, string]>} */
	const bank = [
		['Bank', 'Example Bank plc, Testbury'],
		['IBAN', 'GB00 EXMP 0000 0000 0000 00'],
		['BIC', 'EXMPGB00XXX'],
	];
	writeFacts(pdf, bank, { x: PAGE.left, y: y + 56, labelWidth: 50 });
}
