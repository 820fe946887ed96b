import type { ICredentialsHelper, INodeType, INodeTypes, IVersionedNodeType, IWorkflowExecuteAdditionalData, NodeHelpers } from 'n8n-workflow';

/** What n8n's engine asks for node types. Like everything here it works with the n8n it is given, whichever that is. */
export function nodeTypesOf(types: Readonly<Record<string, INodeType | IVersionedNodeType>>, helpers: Pick<typeof NodeHelpers, 'getVersionedNodeType'>): INodeTypes {
	const typeOf = (name: string): INodeType | IVersionedNodeType => {
		const type = types[name];
		if (type === undefined) throw new Error(`No node type ${name}`);
		return type;
	};
	return {
		getByName: typeOf,
		getByNameAndVersion: (name, version) => helpers.getVersionedNodeType(typeOf(name), version),
		getKnownTypes: () => ({}),
	};
}

/** What n8n's engine knows of its surroundings when it runs a workflow without n8n's server. */
export function surroundingsOf(executionId: string, credentialsHelper: ICredentialsHelper, hooks: object): IWorkflowExecuteAdditionalData {
	// The engine uses no other fields than these.
	return {
		executionId,
		hooks,
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		variables: {},
		setExecutionStatus: () => undefined,
		restApiUrl: 'http://127.0.0.1/rest',
		instanceBaseUrl: 'http://127.0.0.1/',
		webhookBaseUrl: 'http://127.0.0.1/webhook',
		webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
		webhookTestBaseUrl: 'http://127.0.0.1/webhook-test',
		formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
	} as unknown as IWorkflowExecuteAdditionalData;
}
