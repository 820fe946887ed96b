import { hasFailed, isBatchOver, isFinal, kindOf, KNOWN_STATUSES } from '../../../nodes/Extend/runs/status';

describe('isFinal', () => {
	it.each(['PENDING', 'PROCESSING', 'CANCELLING'])('is false when the status is %s', (status) => {
		expect(isFinal({ status })).toBe(false);
	});

	it.each(['PROCESSED', 'FAILED', 'CANCELLED', 'NEEDS_REVIEW', 'BRAND_NEW', 'constructor', 'pending', ''])(
		'is true when the status is %j',
		(status) => {
			expect(isFinal({ status })).toBe(true);
		},
	);
});

describe('hasFailed', () => {
	it.each(['FAILED', 'CANCELLED'])('is true when the status is %s', (status) => {
		expect(hasFailed({ status })).toBe(true);
	});

	it.each(['PROCESSED', 'PENDING', 'CANCELLING', 'BRAND_NEW', 'failed', ''])('is false when the status is %j', (status) => {
		expect(hasFailed({ status })).toBe(false);
	});
});

describe('KNOWN_STATUSES', () => {
	it('holds the documented ones, each once', () => {
		expect([...KNOWN_STATUSES].sort()).toEqual(['CANCELLED', 'CANCELLING', 'FAILED', 'PENDING', 'PROCESSED', 'PROCESSING']);
	});
});

describe('isBatchOver', () => {
	it.each(['PROCESSED', 'FAILED', 'CANCELLED'])('is true when the status is %s', (status) => {
		expect(isBatchOver({ status })).toBe(true);
	});

	it.each(['PENDING', 'PROCESSING', 'QUEUED', ''])('is false when the status is %j, since the batch may still make runs', (status) => {
		expect(isBatchOver({ status })).toBe(false);
	});
});

describe('kindOf', () => {
	it.each([
		['PENDING', 'unfinished'],
		['PROCESSING', 'unfinished'],
		['CANCELLING', 'unfinished'],
		['PROCESSED', 'processed'],
		['FAILED', 'failed'],
		['CANCELLED', 'cancelled'],
		['processed', 'other'],
		['BRAND_NEW', 'other'],
		['constructor', 'other'],
		['', 'other'],
	])('of %j is %s', (status, kind) => {
		expect(kindOf({ status })).toBe(kind);
	});
});
