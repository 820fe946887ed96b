import { configOf } from './index';
import { classifyByKeywords } from './keywords/classify';
import { countWords, wordsOf } from './keywords/words';

describe('wordsOf', () => {
	it.each([
		['The Invoices, of SUPPLIES!', ['invoice', 'supply']],
		['bill_of_lading', ['bill', 'lading']],
		['Größe 文書 a', ['größe', '文書']],
		['press boxes', ['press', 'boxe']],
		['', []],
	])('of %j are %j', (text, words) => {
		expect(wordsOf(text)).toEqual(words);
	});
});

describe('countWords', () => {
	it('counts singular and plural as one', () => {
		expect(countWords('invoice invoices Invoice')).toEqual(new Map([['invoice', 3]]));
	});
});

describe('classifyByKeywords', () => {
	const { classifications } = configOf('invoice', 'contract', 'bill_of_lading');
	const classify = (text: string) => classifyByKeywords(text, classifications);

	it.each([
		['Invoice 12', 'invoice'],
		['The supplier asks for payment', 'invoice'],
		['Bill of lading, carrier Nordic', 'bill_of_lading'],
		['An agreement with terms and signatures', 'contract'],
		['Contract about the payment of goods', 'contract'],
		['Lunch menu of this week: soup, salad, fish', 'other'],
		['', 'other'],
	])('finds in %j: %s', (text, id) => {
		expect(classify(text).id).toBe(id);
	});

	it('is surer the wider the margin, within 0 and 1 and two decimals', () => {
		const [clear, mixed, tie] = ['Invoice', 'Invoice terms', 'Invoice contract'].map(
			(text) => classify(text).confidence,
		);
		expect([clear, mixed, tie]).toEqual([0.99, 0.83, 0.5]);
	});

	it('does not let one repeated word decide alone', () => {
		expect(classify(`Contract bill lading ${'contract '.repeat(50)} lading lading bill bill`).id).toBe('bill_of_lading');
	});

	it('names the words it found and that no model was asked', () => {
		expect(classify('Two invoices, one supplier').insights).toEqual([
			{
				type: 'reasoning',
				content:
					'Keyword matching by the stand-in, no model: "invoice" (1), "supplier" (1) point to invoice.',
			},
		]);
	});

	it.each([
		['too few words to match.', 'Soup', 0.4],
		['no word of another category occurs.', 'Lunch menu: soup, salad, fish, cake', 0.9],
	])('says of other: %s', (finding, text, confidence) => {
		expect(classify(text)).toMatchObject({
			id: 'other',
			confidence,
			insights: [{ content: `Keyword matching by the stand-in, no model: ${finding}` }],
		});
	});
});
