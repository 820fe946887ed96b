import { northwind, paperMill } from './companies.mjs';
import { openPdf, PAGE, write, writeAddress, writeFacts, writeFooter, writeLetterhead, writeSignature, writeTable } from './page.mjs';

/** A credit note for damaged cartons. */
export function drawCreditNote() {
	const pdf = openPdf('Credit note CN-0318');
	const top = writeLetterhead(pdf, paperMill);
	writeAddress(pdf, 'Credited to', northwind, [PAGE.left, top]);
	writeFacts(pdf, facts, { x: 345, y: top, labelWidth: 105 });
	write(pdf, 'CREDIT NOTE', [PAGE.left, 215], { size: 22, bold: true, color: paperMill.color });
	write(pdf, reason, [PAGE.left, 247], { width: 480 });
	const below = writeTable(pdf, { columns, rows, y: 300, color: paperMill.color });
	const end = writeTotals(pdf, below + 10);
	write(pdf, settlement, [PAGE.left, end + 30], { width: 480 });
	writeSignature(pdf, 'Approved, credit control', { x: PAGE.left, y: end + 135, hand: 0.8 });
	writeFooter(pdf, paperMill);
	return pdf;
}

/** @type {Array<[string, string]>} */
const facts = [
	['Credit note number', 'CN-0318'],
	['Date', '23 January 2026'],
	['Refers to invoice', 'PP-2041'],
	['Customer number', 'NW-0042'],
	['Complaint', 'Q-2026-017'],
];

const reason =
	'We credit the articles below. They were returned because the outer walls were crushed in transit, as shown on the ' +
	'photographs of 14 January. Our quality department has accepted the complaint.';

const settlement =
	'The credited amount will be set off against your open balance. If there is none, write to us and we refund it ' +
	'to your account within ten working days. Please quote this credit note in all correspondence.';

/** @type {import('./page.mjs').Column[]} */
const columns = [
	{ title: 'Pos.', width: 40 },
	{ title: 'Returned article', width: 235 },
	{ title: 'Quantity', width: 70, align: 'right' },
	{ title: 'Unit price', width: 70, align: 'right' },
	{ title: 'Credit', width: 80, align: 'right' },
];

const rows = [
	['3', 'Shipping cartons, double wall, 600 x 400 x 400 mm\nreason: crushed', '60', '£1.92', '-£115.20'],
	['4', 'Packing tape, brown, 50 mm x 66 m\nreason: wrong colour', '12', '£1.15', '-£13.80'],
];

/**
 * @param {import('./page.mjs').Pdf} pdf
 * @param {number} y
 */
function writeTotals(pdf, y) {
	/** @type {Array<[string, string]>} */
	const sums = [
		['Net credit', '-£129.00'],
		['Less trade discount 3%', '£3.87'],
		['VAT 20%', '-£25.03'],
	];
	const end = sums.reduce((top, [label, sum]) => {
		write(pdf, label, [325, top], { width: 130 });
		write(pdf, sum, [455, top], { width: 84, align: 'right' });
		return top + 15;
	}, y);
	pdf.rect(319, end + 2, PAGE.right - 319, 22).fill('#e8f1eb');
	write(pdf, 'Total credit', [325, end + 8], { bold: true, size: 10.5, width: 130 });
	write(pdf, '-£150.16', [455, end + 8], { bold: true, size: 10.5, width: 84, align: 'right' });
	return end + 24;
}
