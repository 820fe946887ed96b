import { ExplainedError } from './explained.mjs';
import { parseFlatted } from './flatted.mjs';
import { lookUntil } from './waiting.mjs';

const REQUEST_LIMIT_MS = 30_000;
const RESULTS_LIMIT_MS = 10_000;
const LOOK_EVERY_MS = 500;
/** Statuses of executions that are over. */
export const ENDED = new Set(['success', 'error', 'crashed', 'canceled']);

/** @typedef {{ email: string, password: string, firstName: string, lastName: string }} Owner */
/** @typedef {{ name: string, type: string, data: Record<string, unknown> }} Credential */
/** @typedef {{ status: number, data: any }} Answer `data` is whatever n8n sends, so it has no better type */
/** @typedef {{ json: Record<string, any>, binary?: Record<string, any>, pairedItem?: any }} Item */
/** @typedef {{ id: string, status: string, error?: { message: string, description?: string }, nodes: string[], itemsOf: (node: string, output?: number) => Item[] }} Execution `nodes`: the names of those that have run */

/** n8n's own REST interface, the one its editor uses; signed in by cookie. */
export class N8nClient {
	#baseUrl;
	#cookie = '';

	/** @param {string} baseUrl e.g. http://127.0.0.1:5678 */
	constructor(baseUrl) {
		this.#baseUrl = baseUrl;
	}

	/**
	 * The answer whatever its status; `data` is the inner `data` if there is one.
	 * @param {string} method
	 * @param {string} path below /rest, e.g. /workflows
	 * @param {object} [body]
	 * @returns {Promise<Answer>}
	 */
	async send(method, path, body) {
		const answer = await fetch(`${this.#baseUrl}/rest${path}`, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.#cookie },
			body: body && JSON.stringify(body),
			signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
		});
		const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
		if (cookies.length > 0) this.#cookie = cookies.join('; ');
		const text = await answer.text();
		const content = text.startsWith('{') ? JSON.parse(text) : { message: text };
		return { status: answer.status, data: content.data ?? content };
	}

	/**
	 * The data of an answer that must be a success.
	 * @param {string} method
	 * @param {string} path
	 * @param {object} [body]
	 * @throws {ExplainedError} with n8n's own message
	 */
	async request(method, path, body) {
		const { status, data } = await this.send(method, path, body);
		if (status < 300) return data;
		throw new ExplainedError(`n8n answered ${method} ${path} with status ${status}: ${data.message}`);
	}

	/**
	 * Signs in; on a fresh n8n it makes the owner first.
	 * @param {Owner} owner
	 * @returns {Promise<boolean>} false when n8n has another owner or password
	 */
	async signIn(owner) {
		const login = await this.send('POST', '/login', { emailOrLdapLoginId: owner.email, password: owner.password });
		if (login.status < 300) return true;
		const setup = await this.send('POST', '/owner/setup', owner);
		return setup.status < 300;
	}

	/**
	 * Makes a credential, or brings the one with this ID up to date. Returns its ID.
	 * @param {Credential} credential
	 * @param {string} [id]
	 * @returns {Promise<string>}
	 */
	async saveCredential(credential, id) {
		if (id !== undefined) {
			const updated = await this.send('PATCH', `/credentials/${id}`, credential);
			if (updated.status < 300) return id;
		}
		const created = await this.request('POST', '/credentials', credential);
		return created.id;
	}

	/**
	 * Starts a workflow as "Execute workflow" in the editor does. Returns the execution's ID.
	 * @param {string} workflowId
	 * @param {string} triggerName
	 * @returns {Promise<string>}
	 */
	async runWorkflow(workflowId, triggerName) {
		// n8n 1 runs what it is sent; later versions run what they have stored, and leave this out.
		const workflowData = await this.request('GET', `/workflows/${workflowId}`);
		const body = { workflowData, triggerToStartFrom: { name: triggerName } };
		const started = await this.request('POST', `/workflows/${workflowId}/run`, body);
		return started.executionId;
	}

	/**
	 * The execution once it has ended; undefined when that takes longer than the limit.
	 * @param {string} executionId
	 * @param {number} limitMs
	 * @returns {Promise<Execution | undefined>}
	 */
	async waitForExecution(executionId, limitMs) {
		const look = async () => {
			const execution = await this.getExecution(executionId);
			return ENDED.has(execution.status) ? execution : undefined;
		};
		return await lookUntil(look, { limitMs, intervalMs: LOOK_EVERY_MS });
	}

	/**
	 * The execution as it is now. n8n 1 says that it has succeeded a moment before the results can be read: they are waited for.
	 * @param {string} executionId
	 * @throws {ExplainedError} when they do not come
	 */
	async getExecution(executionId) {
		const look = async () => {
			const execution = readExecution(await this.request('GET', `/executions/${executionId}`));
			return execution.status === 'success' && execution.nodes.length === 0 ? undefined : execution;
		};
		const execution = await lookUntil(look, { limitMs: RESULTS_LIMIT_MS, intervalMs: LOOK_EVERY_MS });
		if (execution) return execution;
		throw new ExplainedError(`n8n has no results of execution ${executionId}, which has succeeded.`);
	}
}

/**
 * @param {{ id: string, status: string, data: string }} execution one that runs or has crashed may hold no results
 * @returns {Execution}
 */
function readExecution({ id, status, data }) {
	const { resultData } = /** @type {{ resultData?: any }} */ (parseFlatted(data) ?? {});
	return {
		id: String(id),
		status,
		error: resultData?.error,
		nodes: Object.keys(resultData?.runData ?? {}),
		itemsOf: (node, output = 0) => resultData?.runData?.[node]?.at(-1)?.data?.main?.[output] ?? [],
	};
}
