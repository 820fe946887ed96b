import { northwind, toolMaker } from './companies.mjs';
import { openPdf, PAGE, write, writeAddress, writeFacts, writeFooter, writeLetterhead, writeSignature, writeTable } from './page.mjs';

/** A delivery note, signed by the recipient with a remark. */
export function drawDeliveryNote() {
	const pdf = openPdf('Delivery note DN-88021');
	const top = writeLetterhead(pdf, toolMaker);
	writeAddress(pdf, 'Delivered to', northwind, [PAGE.left, top]);
	writeFacts(pdf, facts, { x: 345, y: top });
	write(pdf, 'DELIVERY NOTE', [PAGE.left, 215], { size: 22, bold: true, color: toolMaker.color });
	write(pdf, 'This consignment was delivered by our own van. No prices are shown on delivery notes.', [PAGE.left, 246]);
	const below = writeTable(pdf, { columns, rows, y: 268, color: toolMaker.color });
	write(pdf, 'Packages: 4 cartons on 1 euro pallet     Gross weight: 186 kg     Seal: 004417', [PAGE.left, below + 12], { bold: true });
	const end = writeRemarks(pdf, below + 46);
	writeSignature(pdf, 'Delivered by (driver)', { x: PAGE.left, y: end + 70, hand: 1.2 });
	writeSignature(pdf, 'Received in full, signature of the recipient', { x: 325, y: end + 70, hand: 0.4 });
	writeFooter(pdf, toolMaker);
	return pdf;
}

/** @type {Array<[string, string]>} */
const facts = [
	['Delivery note', 'DN-88021'],
	['Delivery date', '16 February 2026'],
	['Your reference', 'PO-77345'],
	['Route', 'Musterstadt - Exampleton'],
	['Vehicle', 'EX 26 VAN'],
];

/** @type {import('./page.mjs').Column[]} */
const columns = [
	{ title: 'Carton', width: 50 },
	{ title: 'Article', width: 80 },
	{ title: 'Description', width: 215 },
	{ title: 'Sent', width: 75, align: 'right' },
	{ title: 'Delivered', width: 75, align: 'right' },
];

const rows = [
	['1', 'ST-1140', 'Torque wrench 20-100 Nm, with certificate', '15', '15'],
	['1', 'ST-2207', 'Digital caliper 150 mm, IP67', '20', '20'],
	['2', 'ST-1306', 'Socket set 1/2", 24 pieces', '15', '15'],
	['3', 'ST-3015', 'Bench vice 125 mm, swivel base', '6', '6'],
	['4', 'ST-9001', 'Cutting oil, 5 l canister', '16', '14'],
];

/**
 * @param {import('./page.mjs').Pdf} pdf
 * @param {number} y
 */
function writeRemarks(pdf, y) {
	pdf.lineWidth(0.7).strokeColor('#c8c8c8').rect(PAGE.left, y, PAGE.right - PAGE.left, 78).stroke();
	write(pdf, 'Remarks of the recipient', [PAGE.left + 8, y + 7], { size: 7.5, color: '#777777' });
	pdf.font('Helvetica-Oblique').fontSize(11).fillColor('#20347a');
	pdf.text('2 canisters of cutting oil missing, carton 4 was open at one corner.', PAGE.left + 12, y + 26);
	pdf.text('Rest counted and complete. 16 Feb, 09:40', PAGE.left + 12, y + 46);
	return y + 78;
}
