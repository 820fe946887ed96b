import { cleaningFirm, northwind } from './companies.mjs';
import { openPdf, PAGE, write, writeAddress, writeFooter, writeLetterhead, writeSignature } from './page.mjs';

/** A service agreement on two pages. */
export function drawContract() {
	const pdf = openPdf('Service contract TE-2026-11');
	const top = writeLetterhead(pdf, cleaningFirm);
	write(pdf, 'SERVICE CONTRACT', [PAGE.left, top + 4], { size: 20, bold: true, color: cleaningFirm.color });
	write(pdf, 'Agreement no. TE-2026-11 on the cleaning of office and workshop premises', [PAGE.left, top + 30]);
	write(pdf, 'This agreement is made on 5 January 2026 between the parties', [PAGE.left, top + 58]);
	writeAddress(pdf, 'the Contractor', cleaningFirm, [PAGE.left, top + 80]);
	writeAddress(pdf, 'the Client', northwind, [MIDDLE, top + 80]);
	writeClauses(pdf, clauses.slice(0, FIRST_PAGE_CLAUSES), top + 160);
	writeFooter(pdf, cleaningFirm, 'Page 1 of 2');
	pdf.addPage();
	const end = writeClauses(pdf, clauses.slice(FIRST_PAGE_CLAUSES), 60);
	write(pdf, 'The parties have read this contract and sign it in two copies, one for each party.', [PAGE.left, end + 14]);
	writeSignature(pdf, 'Jo Placeholder, director, for the Contractor\nExampleton, 5 January 2026', { x: PAGE.left, y: end + 100, hand: 1 });
	writeSignature(pdf, 'Alex Example, operations, for the Client\nExampleton, 5 January 2026', { x: MIDDLE + 25, y: end + 100, hand: -0.4 });
	writeFooter(pdf, cleaningFirm, 'Page 2 of 2');
	return pdf;
}

const MIDDLE = 300;
const FIRST_PAGE_CLAUSES = 5;

/** @type {Array<[title: string, paragraphs: string[]]>} */
const clauses = [
	[
		'Subject of the agreement',
		[
			'The Contractor cleans the premises of the Client at 12 Sample Street, Exampleton: 1,450 m² of offices on two floors, 620 m² of workshop, four kitchens and nine washrooms.',
			'Areas, tasks and intervals are listed in Annex A, which is part of this contract.',
		],
	],
	[
		'Obligations of the Contractor',
		[
			'The Contractor works on Monday to Friday between 18:00 and 22:00 with staff that it employs itself, trains and insures.',
			'It provides machines, cloths and cleaning agents. Agents that harm water are not used.',
			'A supervisor inspects the premises together with the Client once a month. Both parties sign the result.',
		],
	],
	[
		'Obligations of the Client',
		[
			'The Client provides water, electricity, a lockable room of at least 6 m² and two sets of keys.',
			'It names one person who decides on questions of daily work.',
		],
	],
	[
		'Remuneration',
		[
			'The Client pays a monthly fee of £2,980 plus VAT. Work beyond Annex A is charged at £24.50 an hour and needs a written request.',
			'The fee may be adjusted once a year, with three months of notice, by no more than the change of the consumer price index.',
		],
	],
	[
		'Term and termination',
		[
			'The contract begins on 1 February 2026 and has a term of two years. After that it continues until one of the parties terminates it with three months of notice to the end of a quarter.',
			'Either party may terminate without notice for good cause, in particular if the other party, warned in writing, breaches its obligations again.',
		],
	],
	[
		'Liability',
		[
			'The Contractor is liable for damage that its staff causes, up to £2,000,000 for each event, and keeps insurance in that sum. The Client reports damage within five working days.',
			'Lost keys are reported at once. The Contractor bears the cost of new locks.',
		],
	],
	[
		'Confidentiality',
		[
			'Staff of the Contractor may not read, copy or take away papers or data of the Client. This obligation continues after the end of the contract.',
		],
	],
	[
		'Closing terms',
		[
			'Changes to this contract need the written form and the signatures of both parties. If a term is void the others stay in force, and the parties agree on a term that comes closest to its purpose.',
			'The law of England and Wales applies. Place of jurisdiction is Exampleton.',
		],
	],
];

/**
 * @param {import('./page.mjs').Pdf} pdf
 * @param {Array<[title: string, paragraphs: string[]]>} list
 * @param {number} y
 */
function writeClauses(pdf, list, y) {
	return list.reduce((top, [title, paragraphs]) => {
		const number = clauses.findIndex(([each]) => each === title) + 1;
		const start = write(pdf, `§ ${number}   ${title}`, [PAGE.left, top], { size: 11.5, bold: true, color: cleaningFirm.color }) + 4;
		const end = paragraphs.reduce((below, text, index) => {
			write(pdf, `(${index + 1})`, [PAGE.left, below], { size: 10.5, width: 22 });
			return write(pdf, text, [PAGE.left + 24, below], { size: 10.5, width: 470, align: 'justify', gap: 3 }) + 4;
		}, start);
		return end + 9;
	}, y);
}
