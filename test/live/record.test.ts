import type { Result } from './check';
import { writeRecord } from './record';
import type { Summary } from './report';

const question = (asks: string) => ({ name: asks, asks, maxCredits: () => 0, ask: async () => await Promise.resolve({ facts: {} }) });

const RESULTS: Result[] = [
	{ number: 'runs 1', question: question('Which status has a new run?'), kind: 'answered', finding: { facts: { status: 'PENDING' }, seen: ['a document of a customer'] }, differences: [] },
	{
		number: 'runs 2',
		question: question('What comes | of a dead link?'),
		kind: 'answered',
		finding: { facts: { answer: 'refused with 404 for clr_9aB8cD7eF6' } },
		differences: [{ fact: 'answer', standIn: 'taken', live: 'refused with 404 for clr_9aB8cD7eF6' }],
	},
	{ number: 'files 1', question: question('Which files are taken?'), kind: 'unanswered', why: 'Extend said something about sk_test_never_to_be_seen' },
];

const SUMMARY: Summary = { baseUrl: 'https://api.eu1.extend.ai', at: new Date('2026-11-27T12:00:00Z'), results: RESULTS, credits: 1.5, bound: 10, left: ['file_1234567890'] };

describe('writeRecord', () => {
	const record = writeRecord(SUMMARY, '1.0.0');

	it('names date, version, region, what was asked and what differed', () => {
		expect(record).toContain('## 2026-11-27\n');
		expect(record).toContain('Version 1.0.0, region eu: 2 of 3 questions answered, 1 of them differently than the emulator believes; 1.5 credits.');
		expect(record).toContain('| runs 1 | Which status has a new run? | as believed |');
		expect(record).toContain('| runs 2 | What comes \\| of a dead link? | 1 of 1 facts differ |');
		expect(record).toContain('| files 1 | Which files are taken? | no answer |');
		expect(record).toContain('| answer | refused with 404 for (an ID) | taken |');
	});

	it('has no ID, no text of the API and nothing that was only seen', () => {
		expect(record).not.toMatch(/clr_9|file_1|sk_test|customer/);
	});

	it('does not name an address of one\'s own', () => {
		expect(writeRecord({ ...SUMMARY, baseUrl: 'https://extend.intranet.example.com' }, '1.0.0')).toContain('region custom');
	});
});
