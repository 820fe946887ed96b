import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { ExtendClassifyTrigger } from '../../../nodes/Extend/ExtendClassifyTrigger.node';
import { readTriggerSettings, triggerParameters } from '../../../nodes/Extend/parameters/trigger';
import { fakeRead } from '../support/fakeRead';
import { thrownBy } from '../support/faults';
import { bannedIn } from '../support/words';

const CHOSEN = { events: ['classify_run.processed'], scope: 'workspace', simplify: true };

describe('triggerParameters', () => {
	it('have the names and defaults that saved workflows know', () => {
		const defaults = triggerParameters.map(({ name, default: value }) => [name, value]);
		expect(Object.fromEntries(defaults)).toEqual({
			events: ['classify_run.processed', 'classify_run.failed'],
			scope: 'workspace',
			classifier: { mode: 'list', value: '' },
			loopNotice: '',
			filters: {},
			simplify: true,
		});
	});

	it.each([
		['events', ['batch_processor_run.failed', 'batch_processor_run.processed', 'classify_run.failed', 'classify_run.processed']],
		['scope', ['classifier', 'workspace']],
	])('offer for %s the values of saved workflows', (name, values) => {
		const options = triggerParameters.find((parameter) => parameter.name === name)?.options as INodePropertyOptions[];
		expect(options.map(({ value }) => value).sort()).toEqual(values);
	});

	it('have the filters that saved workflows know, with their defaults', () => {
		const options = triggerParameters.find(({ name }) => name === 'filters')?.options as INodeProperties[]; // a collection has fields
		const defaults = Object.fromEntries(options.map(({ name, default: value }) => [name, value]));
		expect(defaults).toEqual({ categories: '', minimumConfidence: 0, maximumConfidence: 1, ignoreOwnRuns: false });
	});

	it('warn beside Watch of a workflow that starts itself, and name the filter against it as it is labelled', () => {
		const index = triggerParameters.findIndex(({ name }) => name === 'scope');
		const notice = triggerParameters.slice(index).find(({ type }) => type === 'notice');
		const filter = triggerParameters.flatMap(({ options = [] }) => options).find(({ name }) => name === 'ignoreOwnRuns');
		expect(triggerParameters[index]?.displayName).toBe('Watch');
		expect(notice?.displayName).toContain(filter !== undefined && 'displayName' in filter ? filter.displayName : '');
	});

	it('ask for a classifier only where one is desired', () => {
		const classifier = triggerParameters.find(({ name }) => name === 'classifier');
		expect(classifier).toMatchObject({ required: true, displayOptions: { show: { scope: ['classifier'] } } });
	});
});

describe('ExtendClassifyTrigger', () => {
	it('is a trigger with one webhook, and has no texts that blame', () => {
		const { description } = new ExtendClassifyTrigger();
		expect([description.group, description.inputs, description.webhooks?.length]).toEqual([['trigger'], [], 1]);
		expect(description.triggerPanel).toMatchObject({ activationHint: expect.stringContaining('reach n8n from the internet') });
		expect(bannedIn(JSON.stringify([
			description.description, description.activationMessage, description.eventTriggerDescription, description.triggerPanel,
		]))).toBeUndefined();
	});
});

describe('readTriggerSettings', () => {
	it('reads what is chosen', () => {
		const filters = { categories: ' invoice, ,Credit note,', minimumConfidence: '0.5', maximumConfidence: 0.9 };
		expect(readTriggerSettings(fakeRead({ ...CHOSEN, scope: 'classifier', classifier: 'cl_1', filters }))).toEqual({
			events: ['classify_run.processed'],
			classifierId: 'cl_1',
			isSimplified: true,
			filter: { categories: ['invoice', 'Credit note'], minimumConfidence: 0.5, maximumConfidence: 0.9, ignoreOwnRuns: false },
		});
	});

	it.each([[undefined, false], [false, false], ['', false], [true, true], ['true', true]])('reads from %j whether its own runs are ignored: %s', (ignoreOwnRuns, expected) => {
		expect(readTriggerSettings(fakeRead({ ...CHOSEN, filters: { ignoreOwnRuns } })).filter.ignoreOwnRuns).toBe(expected);
	});

	it('refuses for that switch what is neither on nor off', () => {
		const error = thrownBy(() => readTriggerSettings(fakeRead({ ...CHOSEN, filters: { ignoreOwnRuns: 'yes' } })));
		expect(error.message).toBe('Ignore Runs Started by This Workflow is yes');
	});

	it('refuses a minimum above the maximum, which no run could fit, and takes both as one', () => {
		const read = (minimumConfidence: number, maximumConfidence: number) => readTriggerSettings(fakeRead({
			...CHOSEN,
			filters: { minimumConfidence, maximumConfidence },
		}));
		expect(thrownBy(() => read(0.81, 0.8)).message).toBe('Minimum Confidence is above Maximum Confidence, so no run can pass');
		expect(read(0.8, 0.8).filter).toMatchObject({ minimumConfidence: 0.8, maximumConfidence: 0.8 });
	});

	it('ignores a classifier that was chosen before the scope was changed', () => {
		expect(readTriggerSettings(fakeRead({ ...CHOSEN, classifier: 'cl_1' })).classifierId).toBeUndefined();
	});

	it.each([undefined, [], '', 'classify_run.processed', [1]])('wants at least one event, and finds none in %j', (events) => {
		expect(thrownBy(() => readTriggerSettings(fakeRead({ ...CHOSEN, events }))).message).toBe('No event is chosen');
	});
});
