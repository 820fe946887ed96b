import { BATCH_LINK, CLASSIFIER_LINK, FILE_LINK, idIn, RUN_LINK } from '../../../nodes/Extend/parameters/links';
import { thrownBy } from '../support/faults';

describe('idIn', () => {
	it.each(['cl_1', 'xyz-9', '..', '', 'runs/clr_1', 'ftp://x/classifiers/cl_1'])('gives %j as it is, since it is no link', (text) => {
		expect(idIn(text, CLASSIFIER_LINK)).toBe(text);
	});

	it.each([
		'https://dashboard.extend.ai/processors/cl_1aB',
		'https://dashboard.extend.ai/classifiers/cl_1aB/versions/clv_2',
		'https://dashboard.extend.ai/ws_9/classifiers/cl_1aB?tab=runs',
		'https://dashboard.extend.ai/ws_9/studio/cl_1aB#top',
		'HTTP://localhost:3000/classifier/cl_1aB/',
		'https://dashboard.extend.ai/processors/cl_1aB/runs/clr_3',
		'https://dashboard.extend.ai/#/classifiers/cl_1aB',
	])('gives the ID of the classifier in %s', (link) => {
		expect(idIn(link, CLASSIFIER_LINK)).toBe('cl_1aB');
	});

	it.each([
		'https://dashboard.extend.ai/runs/clr_3',
		'https://dashboard.extend.ai/ws_9/runs/clr_3?tab=output#page=2',
		'https://dashboard.extend.ai/processors/cl_1aB/runs/clr_3',
	])('gives the ID of the run in %s', (link) => {
		expect(idIn(link, RUN_LINK)).toBe('clr_3');
	});

	it('gives the IDs of batches and files', () => {
		expect(idIn('https://dashboard.extend.ai/batches/bpr_7', BATCH_LINK)).toBe('bpr_7');
		expect(idIn('https://dashboard.extend.ai/ws_9/files/file_8?tab=pages', FILE_LINK)).toBe('file_8');
	});

	it('gives an ID whose prefix is not known yet', () => {
		expect(idIn('https://dashboard.extend.ai/classifiers/xyz-9', CLASSIFIER_LINK)).toBe('xyz-9');
		expect(idIn('https://dashboard.extend.ai/runs/xyz-9', RUN_LINK)).toBe('xyz-9');
	});

	it.each(['https://dashboard.extend.ai', 'https://dashboard.extend.ai/runs/clr_1', 'https://', 'https://dashboard.extend.ai/classifiers/'])(
		'says of %s that it leads to no classifier',
		(link) => {
			const error = thrownBy(() => idIn(link, CLASSIFIER_LINK));
			expect(error.message).toBe(`The link "${link}" does not lead to a classifier`);
			expect(error.facts).toEqual({ code: 'INVALID_INPUT', retryable: false });
		},
	);

	it.each(['http://', '/cl_', '/', 'a'])('reads a megabyte of %j', (part) => {
		const link = `https://dashboard.extend.ai/${part.repeat(1_000_000 / part.length)}/runs/clr_3`;
		expect(idIn(link, RUN_LINK)).toBe('clr_3');
	});
});
