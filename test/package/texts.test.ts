import type { INodeProperties } from 'n8n-workflow';
import { ExtendApi } from '../../credentials/ExtendApi.credentials';
import { loadNodes } from './support/nodes';
import { stringsIn } from './support/project';
import { textsOf, type Text } from './support/texts';
import { isTitleCase, wordsOf } from './support/words';

let texts: Text[] = [];
let parameters: Text[] = [];

beforeAll(async () => {
	const nodes = await loadNodes();
	const ofNodes = nodes.flatMap(({ node: { description } }) =>
		description.properties.flatMap((property) => textsOf(property, description.name)),
	);
	texts = [...ofNodes, ...new ExtendApi().properties.flatMap((property) => textsOf(property, 'extendApi'))];
	parameters = texts.filter(({ kind }) => kind === 'parameter');
});

/** The places of what is not as it should be. */
const places = (wrong: Text[]) => wrong.map(({ path, label, description }) => `${path}: ${label} | ${description}`);

/** Terms of Extend and n8n that hold a word which blames. */
const TERMS = /\bfailure reasons?\b|\berror output\b|\bOn Error\b|"Error"/gi;
const BLAMING = /\b(errors?|problems?|failures?|mistakes?|invalid)\b/i;

/** @see https://docs.n8n.io/integrations/creating-nodes/plan/node-ui-design/ */
describe('the texts that users read in the editor', () => {
	it('are all seen by these tests', () => {
		expect(parameters.length).toBeGreaterThan(40);
		expect(new Set(texts.map(({ kind }) => kind))).toEqual(new Set(['parameter', 'group', 'notice', 'option', 'mode']));
	});

	it('have labels in Title Case', () => {
		expect(places(texts.filter(({ label }) => !isTitleCase(label)))).toEqual([]);
	});

	it('have labels without emojis', () => {
		expect(places(texts.filter(({ label }) => /\p{Extended_Pictographic}/u.test(label)))).toEqual([]);
	});

	it('describe every parameter but resource and operation', () => {
		const isSilent = ({ description, parameter }: Text) => description === '' && !['resource', 'operation'].includes(parameter?.name ?? '');
		expect(places(parameters.filter(isSilent))).toEqual([]);
	});

	it('say something in a description that the label does not', () => {
		const saysMore = ({ label, description }: Text) => {
			const known = new Set(wordsOf(label));
			return new Set(wordsOf(description).filter((word) => !known.has(word))).size >= 2;
		};
		expect(places(texts.filter((text) => text.description !== '' && !saysMore(text)))).toEqual([]);
	});

	it('begin descriptions with a capital', () => {
		expect(places(texts.filter(({ description }) => description !== '' && !/^[A-Z0-9]/.test(description)))).toEqual([]);
	});

	it('begin descriptions of switches with "Whether"', () => {
		const switches = parameters.filter(({ parameter }) => parameter?.type === 'boolean');
		expect(places(switches.filter(({ description }) => !description.startsWith('Whether ')))).toEqual([]);
		expect(switches.length).toBeGreaterThan(3);
	});

	it('begin placeholders with "e.g.", unless they are the texts of buttons and lists', () => {
		const examples = texts.filter(({ placeholder }) => placeholder !== undefined && !/^(Add|Select) /.test(placeholder));
		expect(examples.filter(({ placeholder }) => !placeholder?.startsWith('e.g. ')).map(({ path }) => path)).toEqual([]);
		expect(examples.length).toBeGreaterThan(10);
	});

	it('avoid words that blame', () => {
		const shown = ({ label, description, placeholder = '', action = '' }: Text) => [label, description, placeholder, action].join(' ');
		expect(places(texts.filter((text) => BLAMING.test(shown(text).replace(TERMS, ''))))).toEqual([]);
	});
});

describe('the texts of the nodes themselves', () => {
	it('avoid words that blame', async () => {
		const nodes = await loadNodes();
		const shown = nodes.flatMap(({ node: { description } }) => stringsIn({ ...description, properties: [], outputs: [] }));
		expect(shown.filter((text) => BLAMING.test(text.replace(TERMS, '')))).toEqual([]);
		expect(shown).toEqual(expect.arrayContaining(nodes.map(({ node }) => node.description.description)));
	});
});

describe('the kinds of parameters', () => {
	const ofType = (type: INodeProperties['type']) =>
		parameters.flatMap(({ path, parameter }) => (parameter?.type === type ? [{ path, parameter }] : []));

	it('pick one thing of Extend from a list first, by ID and otherwise when wanted', () => {
		const locators = ofType('resourceLocator');
		const isGood = ({ default: standard, modes = [] }: INodeProperties) => {
			const { mode } = standard as { mode?: string }; // n8n allows anything as a default
			return mode === 'list' && modes[0]?.name === 'list' && modes.some(({ name }) => name === 'id');
		};
		expect(locators.filter(({ parameter }) => !isGood(parameter)).map(({ path }) => path)).toEqual([]);
		expect(locators.length).toBeGreaterThan(0);
	});

	it('hide passwords, keys and secrets', () => {
		const secrets = parameters.filter(({ path }) => /(password|secret|token|apiKey)$/i.test(path));
		expect(places(secrets.filter(({ parameter }) => parameter?.typeOptions?.password !== true))).toEqual([]);
		expect(secrets.length).toBeGreaterThan(1);
	});
});
