import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialType,
	IHttpRequestOptions,
	IRequestOptionsSimplified,
} from 'n8n-workflow';

/**
 * n8n's credential store, with one credential in it that every node may use and the real `authenticate` of its type.
 * @param Store the class of the n8n that runs the nodes, which need not be the one installed here
 */
export function storeOf(Store: typeof ICredentialsHelper, type: ICredentialType, fields: ICredentialDataDecryptedObject): ICredentialsHelper {
	return new (class extends Store {
		getParentTypes(): string[] {
			return [];
		}

		async preAuthentication(): Promise<undefined> {
			return undefined;
		}

		async runPreAuthentication(): Promise<undefined> {
			return undefined;
		}

		async authenticate(given: ICredentialDataDecryptedObject, _name: string, request: IHttpRequestOptions | IRequestOptionsSimplified): Promise<IHttpRequestOptions> {
			const { authenticate } = type;
			if (typeof authenticate !== 'function') throw new Error('The credential has no authenticate function');
			// n8n hands its older requests to the same function.
			return await authenticate(given, request as IHttpRequestOptions);
		}

		async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
			return { ...fields };
		}

		getCredentialsProperties(): [] {
			return [];
		}

		async getCredentials(): Promise<never> {
			throw new Error('There are no stored credentials here');
		}

		async updateCredentials(): Promise<void> {}

		async updateCredentialsOauthTokenData(): Promise<void> {}

		isCredentialUsableByNode(): boolean {
			return true;
		}
	})();
}
