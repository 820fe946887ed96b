import { classifierParameters, readTarget, readVersion } from '../../../nodes/Extend/parameters/classifier';
import { fakeRead } from '../support/fakeRead';
import { thrownBy } from '../support/faults';

const saved = { classifyWith: 'classifier', classifier: 'cl_1', classifierVersion: '2.0' };
const other = { id: 'other', type: 'other', description: 'Anything that fits none of the other categories' };
const invoice = { id: 'invoice', type: 'invoice', description: 'Asks for payment' };

describe('readVersion', () => {
	it.each([
		[' 2.0 ', '2.0'],
		['draft', 'draft'],
		['', 'latest'],
		[undefined, 'latest'],
	])('reads %j as %j', (classifierVersion, version) => {
		expect(readVersion(fakeRead({ classifierVersion }))).toBe(version);
	});
});

describe('readTarget', () => {
	it('names classifier and version when a saved one is chosen', () => {
		expect(readTarget(fakeRead(saved), {})).toEqual({ classifier: { id: 'cl_1', version: '2.0' } });
	});

	it('overrides its settings when options are set', () => {
		expect(readTarget(fakeRead(saved), { baseVersion: '3.2.0' })).toEqual({
			classifier: { id: 'cl_1', version: '2.0', overrideConfig: { baseVersion: '3.2.0' } },
		});
	});

	it('says so when no classifier is chosen', () => {
		expect(thrownBy(() => readTarget(fakeRead({ ...saved, classifier: ' ' }), {})).message).toBe('No classifier is chosen');
	});

	it('puts categories given here and options side by side', () => {
		const read = fakeRead({ classifyWith: 'categories', categories: { category: [invoice] } });
		expect(readTarget(read, { baseVersion: '3.2.0' })).toEqual({ config: { classifications: [invoice, other], baseVersion: '3.2.0' } });
	});

	it.each([JSON.stringify([invoice]), [invoice]])('reads categories as JSON when they come as %j', (categoriesJson) => {
		expect(readTarget(fakeRead({ classifyWith: 'categoriesJson', categoriesJson }), {})).toEqual({
			config: { classifications: [invoice, other] },
		});
	});

	it.each([{}, { category: [] }, { category: {} }, undefined])('says so when the categories given here are %j', (categories) => {
		expect(thrownBy(() => readTarget(fakeRead({ classifyWith: 'categories', categories }), {})).message).toContain('no categories');
	});

	it.each(['', '{', '{}', '5', 'invoice', {}, null, undefined])('asks for an array when the JSON is %j', (categoriesJson) => {
		expect(thrownBy(() => readTarget(fakeRead({ classifyWith: 'categoriesJson', categoriesJson }), {})).message).toContain('not an array');
	});

	it('starts nothing with invented categories when Categories as JSON is left as it is', () => {
		const untouched = classifierParameters.find(({ name }) => name === 'categoriesJson')?.default;
		const read = fakeRead({ classifyWith: 'categoriesJson', categoriesJson: untouched });
		expect(thrownBy(() => readTarget(read, {})).message).toContain('no categories');
	});
});

describe('the link to a classifier', () => {
	const modes = classifierParameters.find(({ name }) => name === 'classifier')?.modes ?? [];
	const extraction = modes.find(({ name }) => name === 'url')?.extractValue;
	const pattern = extraction?.type === 'regex' ? String(extraction.regex) : '';

	it.each([
		'https://dashboard.extend.ai/processors/cl_1aB',
		'https://dashboard.extend.ai/classifiers/cl_1aB',
		'https://dashboard.extend.ai/classifiers/cl_1aB/versions/clv_2',
		'https://dashboard.extend.ai/ws_9/classifiers/cl_1aB?tab=runs',
		'https://dashboard.extend.ai/ws_9/studio/cl_1aB#top',
		'http://localhost:3000/classifier/cl_1aB/',
		'https://dashboard.extend.ai/processors/cl_1aB/runs/clr_3',
	])('gives the ID when it is %s', (link) => {
		// n8n anchors the pattern for the hint in the editor and takes group 1 as the value.
		expect(new RegExp(`^${pattern}$`).exec(link)?.[1]).toBe('cl_1aB');
		expect(new RegExp(pattern).exec(link)).toHaveLength(2);
	});

	it('gives the ID when its prefix is not known yet', () => {
		expect(new RegExp(pattern).exec('https://dashboard.extend.ai/classifiers/xyz-9')?.[1]).toBe('xyz-9');
	});

	it.each(['', 'cl_1aB', 'https://dashboard.extend.ai', 'https://dashboard.extend.ai/runs/clr_1', 'ftp://x/classifiers/cl_1'])(
		'is refused when it is %j',
		(link) => {
			expect(new RegExp(`^${pattern}$`).test(link)).toBe(false);
		},
	);
});
