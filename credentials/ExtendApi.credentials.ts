import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { buildHeaders, REGION_BASE_URLS } from '../nodes/Extend/api/deployment';

const { us, us2, eu } = REGION_BASE_URLS;
const CUSTOM_BASE_URL = "($credentials.baseUrl ?? '').trim().replace(/\\/+$/, '')";
const REGIONAL_BASE_URL = `({ us2: '${us2}', eu: '${eu}' })[$credentials.region] ?? '${us}'`;

const NOT_EXTEND = 'This address answers, but not as the Extend API does. Check the region or the Base URL.';

/** Statuses that a proxy or Extend itself answers with while the service is not available: 500 to 599. */
const SERVER_STATUSES = Array.from({ length: 100 }, (_, index) => 500 + index);

const TEST_MESSAGES: Array<[status: number, message: string]> = [
	[
		400,
		'Extend did not accept the request. An organization-wide key needs a Workspace ID: check that it is set and correct.',
	],
	[401, 'Extend does not know this API key. Copy it again from the Extend dashboard under Developers, and check the region.'],
	[402, 'The key is valid, but the organization has no credits left. Add credits in the Extend dashboard.'],
	[403, 'This key is not allowed to read classifiers. Check the Workspace ID, and the permissions of the key in the Extend dashboard.'],
	[404, 'There is no Extend API at this address. Check the region or the Base URL.'],
	[429, 'Extend is receiving too many requests right now. Wait a minute and test again.'],
	...SERVER_STATUSES.map((status): [number, string] => [
		status,
		'Extend is not available at the moment. Test again in a few minutes.',
	]),
];

/**
 * Only the test of the credential goes to a base URL; without this n8n would answer it with the code ERR_INVALID_URL.
 * @throws Error whose text n8n shows as the result of the test
 */
function checkTestedBaseUrl({ baseURL }: IHttpRequestOptions): void {
	if (baseURL === undefined || /^\s*https?:\/\//i.test(baseURL)) return;
	throw new Error('The Base URL does not start with http:// or https://. Enter a full address, such as https://extend.example.com.');
}

export class ExtendApi implements ICredentialType {
	name = 'extendApi';

	displayName = 'Extend API';

	icon: Icon = { light: 'file:../nodes/Extend/extend.svg', dark: 'file:../nodes/Extend/extend.dark.svg' };

	documentationUrl = 'https://docs.extend.ai/2026-02-09/api-reference/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. sk_1234567890',
			hint: 'Copy it from the <a href="https://dashboard.extend.ai/developers" target="_blank">Extend dashboard</a> under Developers',
			description: 'A key of one workspace is enough. A key of the test environment works too.',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'US', value: 'us', description: 'Most accounts: dashboard.extend.ai' },
				{ name: 'US2 (Existing Accounts Only)', value: 'us2', description: 'Not offered to new accounts' },
				{ name: 'EU', value: 'eu', description: 'Accounts with data in the European Union' },
				{ name: 'Custom', value: 'custom', description: 'Self-hosted or private deployment' },
			],
			default: 'us',
			description: 'The region of your Extend account. A key only works in its own region.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://extend.example.com',
			description: 'Address of the deployment, starting with http:// or https://',
			displayOptions: { show: { region: ['custom'] } },
		},
		{
			displayName: 'Workspace ID',
			name: 'workspaceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. ws_1234567890',
			description: 'Only needed with an organization-wide key',
		},
	];

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		checkTestedBaseUrl(requestOptions);
		return {
			...requestOptions,
			headers: { ...requestOptions.headers, ...buildHeaders(credentials) },
			// The key must not travel to another host, also when n8n's HTTP Request node uses this credential.
			sendCredentialsOnCrossOriginRedirect: false,
		};
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ $credentials.region === 'custom' ? ${CUSTOM_BASE_URL} : ${REGIONAL_BASE_URL} }}`,
			url: '/classifiers',
			qs: { maxPageSize: 1 },
			disableFollowRedirect: true,
		},
		// n8n types one kind of rules only, but looks at each rule by its own type.
		rules: [
			...TEST_MESSAGES.map(([value, message]) => ({ type: 'responseCode' as const, properties: { value, message } })),
			// Extend's lists have both keys; any other server that answers 200 would pass without this.
			...['object', 'data'].map((key) => ({ type: 'responseSuccessBody' as const, properties: { key, value: undefined, message: NOT_EXTEND } })),
		] as ICredentialTestRequest['rules'],
	};
}
