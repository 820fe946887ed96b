import {
	describeCutShort,
	describeDrafts,
	describeDuplicates,
	describeMissingFields,
	describeReused,
	describeSentAgain,
	describeSkipped,
	describeWithoutDocument,
	plural,
} from '../../../nodes/Extend/starting/startHints';
import { bannedIn } from '../support/words';

const many = Array.from({ length: 12 }, (_, index) => `clr_${index}`);

describe('hints about starts', () => {
	it.each([
		['describeSkipped', describeSkipped([])],
		['describeMissingFields', describeMissingFields([])],
		['describeReused', describeReused(0)],
		['describeDuplicates', describeDuplicates([])],
		['describeSentAgain', describeSentAgain([])],
		['describeDrafts', describeDrafts([])],
		['describeWithoutDocument', describeWithoutDocument([])],
	])('%s says nothing where there is nothing to say', (_, text) => {
		expect(text).toBeUndefined();
	});

	it.each([
		[describeSkipped([{ itemIndex: 2, description: 'a.gif (file type gif)' }]), /^1 file left out by the File Options: a\.gif \(file type gif\) \[item 2\]$/],
		[describeMissingFields([{ itemIndex: 0, description: 'data' }, { itemIndex: 1, description: 'file' }]), /^2 binary fields not found and skipped: data \[item 0\], file \[item 1\]\. Check the names under /],
		[describeReused(1), /^1 document used a run that already existed$/],
		[describeReused(2), /^2 documents used runs that already existed$/],
		[describeDuplicates([{ runId: 'clr_1', otherIds: ['clr_2', 'clr_3'] }]), /^1 document with more than one run at Extend, each of them paid for: clr_1 \(also clr_2, clr_3\)\. /],
		[describeSentAgain(many), /^12 documents sent more than once, .*clr_9 and 2 more\. A second run may still appear and be paid for\./],
		[describeDrafts(['Mail', 'Orders']), /^Mail, Orders: the draft was run, /],
		[describeCutShort(), /^Only the newest 10,000 runs were checked for earlier ones\. /],
		[describeWithoutDocument([0, 3]), /^2 items without a document, in no batch: item 0, item 3$/],
	])('says %s', (text, expected) => {
		expect(text).toMatch(expected);
		expect(bannedIn(text ?? '')).toBeUndefined();
	});
});

describe('plural', () => {
	it('counts', () => {
		expect([plural(0, 'run'), plural(1, 'run'), plural(2, 'run')]).toEqual(['0 runs', '1 run', '2 runs']);
	});
});
