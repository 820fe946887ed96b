import { Workflow } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, INode, INodeType, INodeTypes } from 'n8n-workflow';
import { ExtendApi } from '../../../credentials/ExtendApi.credentials';
import { readBaseUrl } from '../../../nodes/Extend/api/deployment';

const noNode: INodeType = {
	description: {
		displayName: 'Tester',
		name: 'tester',
		group: ['transform'],
		version: 1,
		description: 'Stands where n8n puts its own node when it tests a credential',
		defaults: { name: 'Tester' },
		inputs: [],
		outputs: [],
		properties: [],
	},
};
const nodeTypes: INodeTypes = { getByName: () => noNode, getByNameAndVersion: () => noNode, getKnownTypes: () => ({}) };
const node: INode = { id: '1', name: 'Tester', type: 'tester', typeVersion: 1, position: [0, 0], parameters: {} };
const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });

/** The base URL as n8n itself works it out for the test of a credential. */
function testedBaseUrl($credentials: ICredentialDataDecryptedObject): unknown {
	const expression = new ExtendApi().test.request.baseURL;
	return workflow.expression.getParameterValue(expression, null, 0, 0, 'Tester', [], 'internal', { $credentials });
}

const CREDENTIALS: ICredentialDataDecryptedObject[] = [
	{ region: 'us' },
	{ region: 'us2' },
	{ region: 'eu' },
	{ region: 'us', baseUrl: 'https://elsewhere.example' },
	{},
	{ region: 'mars' },
	{ region: 'custom', baseUrl: 'https://extend.acme.example' },
	{ region: 'custom', baseUrl: ' https://extend.acme.example/ ' },
	{ region: 'custom', baseUrl: 'https://extend.acme.example///' },
	{ region: 'custom', baseUrl: 'http://127.0.0.1:4010/extend/' },
];

describe('the base URL of the credential test', () => {
	it.each(CREDENTIALS)('is that of the node when the credential is %j', (fields) => {
		expect(testedBaseUrl(fields)).toBe(readBaseUrl(fields));
	});

	it('is empty when a custom one is not set', () => {
		expect(testedBaseUrl({ region: 'custom' })).toBe('');
	});
});
