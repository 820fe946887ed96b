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

/** Statuses that a proxy or Extend itself answers with while the service is not available: 500 to 599. */
const SERVER_STATUSES = Array.from({ length: 100 }, (_, index) => 500 + index);

const TEST_MESSAGES: Array<[status: number, message: string]> = [
	[
		400,
		'Extend did not accept the request. A key of a whole organization needs the Workspace ID; check that it is set and right.',
	],
	[401, 'Extend does not know this API key. Copy it again from the Extend dashboard under Developers, and check that the region is right.'],
	[402, 'The key is right, but the organization has no credits left. Add credits in the Extend dashboard.'],
	[403, 'This key may not read classifiers here. Check the Workspace ID and the rights of the key in the Extend dashboard.'],
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
	throw new Error('The Base URL does not begin with http:// or https://. Enter a full address, such as https://extend.example.com.');
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
			hint: 'In the Extend dashboard under Developers',
			description: 'A key of one workspace is enough; one of the test environment works here too',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'US', value: 'us', description: 'Where most accounts are: dashboard.extend.ai' },
				{ name: 'US2 (Existing Accounts Only)', value: 'us2', description: 'Not offered to new accounts' },
				{ name: 'EU', value: 'eu', description: 'Accounts whose data stays in the European Union' },
				{ name: 'Custom', value: 'custom', description: 'A deployment of your own' },
			],
			default: 'us',
			description: 'Where your Extend account is. A key works in its own region only.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://extend.example.com',
			description: 'Address of the deployment, beginning with http:// or https://',
			displayOptions: { show: { region: ['custom'] } },
		},
		{
			displayName: 'Workspace ID',
			name: 'workspaceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. ws_1234567890',
			description: 'Needed with a key of a whole organization only. A key of one workspace needs none.',
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
		rules: TEST_MESSAGES.map(([value, message]) => ({
			type: 'responseCode' as const,
			properties: { value, message },
		})),
	};
}
