import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	IHttpRequestOptions,
	IRequestOptionsSimplified,
} from 'n8n-workflow';
import type { Server } from '../protocol';
import type { N8n } from './install';

/** n8n's credential store, with one credential in it that every node may use. */
export function createCredentials({ workflow, credential }: N8n, { url, apiKey }: Server): ICredentialsHelper {
	const fields: ICredentialDataDecryptedObject = { apiKey, region: 'custom', baseUrl: url, allowedHttpRequestDomains: 'all' };
	return new (class extends workflow.ICredentialsHelper {
		getParentTypes(): string[] {
			return [];
		}

		async preAuthentication(): Promise<undefined> {
			return undefined;
		}

		async runPreAuthentication(): Promise<undefined> {
			return undefined;
		}

		async authenticate(given: ICredentialDataDecryptedObject, _type: string, request: IHttpRequestOptions | IRequestOptionsSimplified): Promise<IHttpRequestOptions> {
			const { authenticate } = credential;
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
			throw new Error('The benchmark stores no credentials');
		}

		async updateCredentials(): Promise<void> {}

		async updateCredentialsOauthTokenData(): Promise<void> {}

		isCredentialUsableByNode(): boolean {
			return true;
		}
	})();
}
