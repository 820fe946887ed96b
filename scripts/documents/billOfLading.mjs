import { freightLine, northwind, toolMaker } from './companies.mjs';
import { GREY, INK, openPdf, PAGE, write, writeFooter, writeSignature } from './page.mjs';

const MIDDLE = 300;

/** A bill of lading for sea freight, in the usual grid of boxes. */
export function drawBillOfLading() {
	const pdf = openPdf('Bill of lading LIFL-260117-04');
	writeTitle(pdf);
	for (const box of boxes) drawBox(pdf, box);
	drawGoods(pdf, 420);
	write(pdf, clause, [PAGE.left, 652], { size: 8, width: 495, align: 'justify' });
	writeSignature(pdf, 'Signed for the carrier, as agent for the master', { x: 325, y: 764, width: 220, hand: -0.7 });
	write(pdf, 'Place and date of issue\nMusterhafen, 17 January 2026', [PAGE.left, 735], { size: 9 });
	write(pdf, 'Number of original bills of lading: THREE (3)', [PAGE.left, 765], { size: 9, bold: true });
	writeFooter(pdf, freightLine, 'Original 1 of 3');
	return pdf;
}

/** @param {import('./page.mjs').Pdf} pdf */
function writeTitle(pdf) {
	pdf.rect(0, 0, PAGE.width, 8).fill(freightLine.color);
	write(pdf, 'BILL OF LADING', [PAGE.left, 30], { size: 22, bold: true, color: freightLine.color });
	write(pdf, 'for port-to-port or combined transport shipment', [PAGE.left, 56], { size: 9, color: GREY });
	write(pdf, freightLine.name, [345, 34], { size: 11, bold: true, width: 200, align: 'right' });
	write(pdf, freightLine.lines.join(', '), [295, 50], { size: 8, width: 250, align: 'right', color: GREY });
}

/** @typedef {{ x: number, y: number, width: number, height: number, title: string, text: string }} Box */

/** @type {Box[]} */
const boxes = [
	{ x: PAGE.left, y: 76, width: 250, height: 72, title: 'Shipper', text: addressOf(toolMaker) },
	{ x: MIDDLE, y: 76, width: 245, height: 36, title: 'Bill of lading number', text: 'LIFL-260117-04' },
	{ x: MIDDLE, y: 112, width: 245, height: 36, title: 'Booking reference', text: 'BKG-0099120' },
	{ x: PAGE.left, y: 148, width: 250, height: 72, title: 'Consignee', text: addressOf(northwind) },
	{ x: MIDDLE, y: 148, width: 245, height: 72, title: 'Carrier', text: addressOf(freightLine) },
	{ x: PAGE.left, y: 220, width: 250, height: 60, title: 'Notify party', text: 'Same as consignee\nTel. +44 20 7946 0100' },
	{ x: MIDDLE, y: 220, width: 245, height: 60, title: 'Forwarding agent', text: 'Sample Forwarding Desk\nagent@freight.example.com' },
	{ x: PAGE.left, y: 280, width: 125, height: 44, title: 'Vessel', text: 'MV EXAMPLE STAR' },
	{ x: 175, y: 280, width: 125, height: 44, title: 'Voyage', text: '026 W' },
	{ x: MIDDLE, y: 280, width: 122, height: 44, title: 'Port of loading', text: 'Musterhafen' },
	{ x: 422, y: 280, width: 123, height: 44, title: 'Port of discharge', text: 'Port Placeholder' },
	{ x: PAGE.left, y: 324, width: 125, height: 44, title: 'Place of receipt', text: 'Musterstadt' },
	{ x: 175, y: 324, width: 125, height: 44, title: 'Place of delivery', text: 'Exampleton' },
	{ x: MIDDLE, y: 324, width: 122, height: 44, title: 'Freight payable at', text: 'Destination' },
	{ x: 422, y: 324, width: 123, height: 44, title: 'Shipped on board', text: '17 January 2026' },
	{ x: PAGE.left, y: 368, width: 250, height: 44, title: 'Container and seal', text: 'EXMU 000042-0   seal 7715530' },
	{ x: MIDDLE, y: 368, width: 245, height: 44, title: 'Freight terms', text: 'FREIGHT COLLECT   FCL / FCL' },
];

/** @param {import('./companies.mjs').Company} company */
function addressOf({ name, lines }) {
	return `${name}\n${lines.join('\n')}`;
}

/**
 * @param {import('./page.mjs').Pdf} pdf
 * @param {Box} box
 */
function drawBox(pdf, { x, y, width, height, title, text }) {
	pdf.lineWidth(0.7).strokeColor(INK).rect(x, y, width, height).stroke();
	write(pdf, title, [x + 5, y + 4], { size: 7, color: GREY, width: width - 10 });
	write(pdf, text, [x + 5, y + 15], { size: 9, width: width - 10, gap: 1 });
}

/** @type {Array<[title: string, x: number, width: number, align?: 'right']>} */
const goodsColumns = [
	['Marks and numbers', PAGE.left, 105],
	['Packages', 155, 70],
	['Description of goods, said to contain', 225, 170],
	['Gross weight', 395, 75, 'right'],
	['Measurement', 470, 75, 'right'],
];

const goods = [
	['NORTHWIND EXMP\nPO-77298\n1/12 - 12/12', '12 pallets', 'Machine parts, bolted, HS 8466.93', '6,480 kg', '14.400 m³'],
	['NORTHWIND EXMP\n1/40 - 40/40', '40 cartons', 'Hand tools, packed for sea transport, HS 8204.11', '1,120 kg', '3.250 m³'],
	['NO MARKS', '2 crates', 'Bench grinders, voltage 400 V, HS 8460.90', '655 kg', '1.870 m³'],
	['', '54 packages', 'TOTAL', '8,255 kg', '19.520 m³'],
];

/**
 * @param {import('./page.mjs').Pdf} pdf
 * @param {number} y
 */
function drawGoods(pdf, y) {
	pdf.lineWidth(0.7).strokeColor(INK).rect(PAGE.left, y, PAGE.right - PAGE.left, 220).stroke();
	pdf.rect(PAGE.left, y, PAGE.right - PAGE.left, 18).fill('#f1e6e8');
	for (const [title, x, width, align] of goodsColumns) {
		write(pdf, title, [x + 5, y + 5], { size: 8, bold: true, width: width - 10, align });
	}
	for (const [index, row] of goods.entries()) {
		for (const [column, [, x, width, align]] of goodsColumns.entries()) {
			const style = { size: 9, width: width - 10, align, bold: index === goods.length - 1 };
			write(pdf, row[column] ?? '', [x + 5, y + 28 + index * 48], style);
		}
	}
}

const clause =
	'SHIPPED on board in apparent good order and condition, unless noted otherwise, the packages stated above, for carriage ' +
	'from the port of loading to the port of discharge. The weights, measures and contents are those declared by the shipper and ' +
	'unknown to the carrier. One of these bills of lading, duly endorsed, must be surrendered in exchange for the cargo. In witness ' +
	'whereof the carrier has issued the number of originals stated below, one of which being accomplished, the others to be void.';
