import PDFDocument from 'pdfkit';

/** A4 in points, and the margins of a business letter. */
export const PAGE = { width: 595, height: 842, left: 50, right: 545, bottom: 790 };
export const INK = '#222222';
export const GREY = '#777777';
const RULE = '#c8c8c8';

/** Fixed, so that the same sources make the same file. */
const MADE_AT = new Date('2026-01-15T09:00:00Z');

/** @typedef {InstanceType<typeof PDFDocument>} Pdf */
/** @typedef {import('./companies.mjs').Company} Company */
/** @typedef {{ title: string, width: number, align?: 'right' | 'center' }} Column */
/** @typedef {{ size?: number, bold?: boolean, color?: string, width?: number, align?: 'left' | 'right' | 'center' | 'justify', gap?: number }} TextStyle */

/**
 * An empty document with one page.
 * @param {string} title
 * @returns {Pdf}
 */
export function openPdf(title) {
	// Without margins pdfkit never adds a page by itself; every document here places its lines.
	return new PDFDocument({ size: 'A4', margin: 0, info: { Title: title, CreationDate: MADE_AT, ModDate: MADE_AT } });
}

/**
 * Writes text and returns the y below it.
 * @param {Pdf} pdf
 * @param {string} text
 * @param {[x: number, y: number]} place
 * @param {TextStyle} [style]
 */
export function write(pdf, text, [x, y], style = {}) {
	const { size = 9.5, bold = false, color = INK, width = PAGE.right - x, align = 'left', gap = 2 } = style;
	pdf.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size).fillColor(color);
	pdf.text(text, x, y, { width, align, lineGap: gap });
	return pdf.y;
}

/**
 * The sender at the top: a mark, the name, the address on the right. Returns the y below it.
 * @param {Pdf} pdf
 * @param {Company} company
 */
export function writeLetterhead(pdf, company) {
	pdf.rect(0, 0, PAGE.width, 8).fill(company.color);
	pdf.roundedRect(PAGE.left, 36, 34, 34, 6).fill(company.color);
	write(pdf, company.name.slice(0, 1), [PAGE.left, 43], { size: 22, bold: true, color: '#ffffff', width: 34, align: 'center' });
	write(pdf, company.name, [PAGE.left + 44, 45], { size: 15, bold: true, color: company.color });
	write(pdf, company.lines.join('\n'), [345, 36], { size: 8.5, width: 200, align: 'right', color: GREY });
	write(pdf, company.contact, [PAGE.left, 84], { size: 8, color: GREY });
	rule(pdf, 98, company.color);
	return 116;
}

/**
 * @param {Pdf} pdf
 * @param {Company} company
 * @param {string} [page] e.g. Page 1 of 2
 */
export function writeFooter(pdf, company, page = 'Page 1 of 1') {
	rule(pdf, 800);
	write(pdf, company.footer, [PAGE.left, 807], { size: 7.5, color: GREY, width: 400 });
	write(pdf, page, [445, 807], { size: 7.5, color: GREY, width: 100, align: 'right' });
}

/**
 * A name and address under a small title. Returns the y below it.
 * @param {Pdf} pdf
 * @param {string} title
 * @param {Company} company
 * @param {[x: number, y: number]} place
 */
export function writeAddress(pdf, title, company, [x, y]) {
	write(pdf, title, [x, y], { size: 7.5, color: GREY });
	write(pdf, company.name, [x, y + 12], { bold: true, width: 240 });
	return write(pdf, company.lines.join('\n'), [x, y + 25], { width: 240 });
}

/**
 * Pairs of label and value below each other. Returns the y below them.
 * @param {Pdf} pdf
 * @param {Array<[label: string, value: string]>} facts
 * @param {{ x: number, y: number, labelWidth?: number }} place
 */
export function writeFacts(pdf, facts, { x, y, labelWidth = 95 }) {
	return facts.reduce((top, [label, value]) => {
		write(pdf, label, [x, top], { size: 8.5, color: GREY, width: labelWidth });
		return write(pdf, value, [x + labelWidth, top], { size: 9, bold: true }) + 3;
	}, y);
}

/**
 * A table with a coloured head. Returns the y below it.
 * @param {Pdf} pdf
 * @param {{ columns: Column[], rows: string[][], y: number, color: string }} table
 */
export function writeTable(pdf, { columns, rows, y, color }) {
	pdf.rect(PAGE.left, y, PAGE.right - PAGE.left, 18).fill(color);
	writeRow(pdf, columns, columns.map((column) => column.title), { y: y + 5, size: 8.5, color: '#ffffff', bold: true });
	return rows.reduce((top, row) => {
		const below = writeRow(pdf, columns, row, { y: top + 5, size: 9 });
		rule(pdf, below + 3);
		return below + 3;
	}, y + 18);
}

/**
 * @param {Pdf} pdf
 * @param {Column[]} columns
 * @param {string[]} cells
 * @param {{ y: number } & TextStyle} style
 */
function writeRow(pdf, columns, cells, { y, ...style }) {
	let x = PAGE.left;
	let below = y;
	for (const [index, { width, align }] of columns.entries()) {
		const inner = { ...style, width: width - 12, align };
		below = Math.max(below, write(pdf, cells[index] ?? '', [x + 6, y], inner));
		x += width;
	}
	return below;
}

/**
 * A line across the page.
 * @param {Pdf} pdf
 * @param {number} y
 */
export function rule(pdf, y, color = RULE) {
	pdf.lineWidth(0.6).strokeColor(color).moveTo(PAGE.left, y).lineTo(PAGE.right, y).stroke();
}

/**
 * A line to sign on, with handwriting over it and a caption under it.
 * @param {Pdf} pdf
 * @param {string} caption
 * @param {{ x: number, y: number, width?: number, hand?: number }} place `hand` is the slant of the writing; without it nobody has signed
 */
export function writeSignature(pdf, caption, { x, y, width = 200, hand }) {
	if (hand !== undefined) scribble(pdf, [x + 14, y - 6], hand);
	pdf.lineWidth(0.7).strokeColor(INK).moveTo(x, y).lineTo(x + width, y).stroke();
	write(pdf, caption, [x, y + 5], { size: 8, color: GREY, width });
}

/**
 * @param {Pdf} pdf
 * @param {[x: number, y: number]} start
 * @param {number} hand
 */
function scribble(pdf, [x, y], hand) {
	const wide = 1 + hand / 4;
	const high = 1 - hand / 3;
	pdf.save().translate(x, y).scale(wide, high).lineWidth(1.1).strokeColor('#20347a').moveTo(0, 0);
	pdf.bezierCurveTo(8, -30 - 9 * hand, 20, -26, 14 + 6 * hand, 0);
	pdf.bezierCurveTo(22, -18, 30 - 8 * hand, -14, 32, -2);
	pdf.bezierCurveTo(40, -16 + 12 * hand, 46, -10, 50, -3);
	pdf.bezierCurveTo(60 + 9 * hand, -24, 66, -20 - 10 * hand, 62, 2);
	pdf.bezierCurveTo(78, -12, 96, -8 + 6 * hand, 122, -14).stroke().restore();
}
