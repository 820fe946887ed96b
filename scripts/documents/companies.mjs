/**
 * The companies in the sample documents. None exists; addresses, numbers and accounts are made to be no one's.
 * @typedef {{ name: string, lines: string[], contact: string, footer: string, color: string }} Company
 */

/** @type {Company} */
export const northwind = {
	name: 'Northwind Example Ltd',
	lines: ['12 Sample Street', 'Exampleton EX1 2MP', 'United Kingdom'],
	contact: 'purchasing@northwind.example.com  ·  +44 20 7946 0100',
	footer: 'Northwind Example Ltd  ·  Company no. 00000001  ·  VAT GB 000 0000 01',
	color: '#1f5f8b',
};

/** @type {Company} */
export const paperMill = {
	name: 'Placeholder Paper & Packaging',
	lines: ['Unit 4, Specimen Business Park', 'Testbury TB9 0ZZ', 'United Kingdom'],
	contact: 'accounts@paper.example.com  ·  +44 20 7946 0122',
	footer: 'Placeholder Paper & Packaging Ltd  ·  Company no. 00000002  ·  VAT GB 000 0000 02',
	color: '#2f7d4f',
};

/** @type {Company} */
export const freightLine = {
	name: 'Lorem Ipsum Freight Lines',
	lines: ['Pier 0, Dummy Docks', '00000 Musterhafen', 'Germany'],
	contact: 'bookings@freight.example.com  ·  +49 00 000000',
	footer: 'Lorem Ipsum Freight Lines GmbH  ·  HRB 00003  ·  VAT DE000000003',
	color: '#7a2e3a',
};

/** @type {Company} */
export const toolMaker = {
	name: 'Specimen Tools GmbH',
	lines: ['Musterweg 8', '00000 Musterstadt', 'Germany'],
	contact: 'dispatch@tools.example.com  ·  +49 00 000111',
	footer: 'Specimen Tools GmbH  ·  HRB 00004  ·  VAT DE000000004',
	color: '#b5651d',
};

/** @type {Company} */
export const cleaningFirm = {
	name: 'Tidy Example Services Ltd',
	lines: ['3 Template Lane', 'Exampleton EX1 9AA', 'United Kingdom'],
	contact: 'office@tidy.example.com  ·  +44 20 7946 0177',
	footer: 'Tidy Example Services Ltd  ·  Company no. 00000005',
	color: '#4b4b8f',
};
