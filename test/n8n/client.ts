import { ENDED, N8nClient, type Item } from '../../scripts/lib/n8nRest.mjs';
import { lookUntil } from '../../scripts/lib/waiting.mjs';
import type { NewWorkflow } from './workflow';

export interface ExecutionSummary {
	id: string;
	/** Such as running, success, error, canceled or crashed. */
	status: string;
	/** ISO time; null until a worker has taken it up. */
	startedAt: string | null;
}

interface Publication {
	status: string;
	triggers: Array<{ status: string; errorMessage: string }>;
}

/** Executions that n8n lists at a time. */
const PAGE_SIZE = 100;
const LOOK_EVERY_MS = 300;
/** n8n tries an activation five times, with pauses. */
const PUBLICATION = { limitMs: 120_000, intervalMs: 100 };

/** What a person does in n8n's editor, over its REST interface. */
export class TestClient extends N8nClient {
	/** Returns the workflow's ID. */
	async createWorkflow(workflow: NewWorkflow): Promise<string> {
		// n8n 1 wants to be told that it is not active, later versions leave that out.
		const { id } = await this.request('POST', '/workflows', { ...workflow, active: false });
		return id;
	}

	/** Activates it and returns once n8n has registered its triggers. @throws Error with what n8n shows when it cannot */
	async activate(workflowId: string): Promise<void> {
		const { versionId } = await this.request('GET', `/workflows/${workflowId}`);
		await this.request('POST', `/workflows/${workflowId}/activate`, { versionId });
		const { triggers } = await this.waitForPublication(workflowId);
		const [refused] = triggers.filter(({ status }) => status === 'failed');
		if (refused !== undefined) throw new Error(refused.errorMessage);
	}

	/** Deactivates it and returns once n8n has removed its triggers. */
	async deactivate(workflowId: string): Promise<void> {
		await this.request('POST', `/workflows/${workflowId}/deactivate`, {});
		await this.waitForPublication(workflowId);
	}

	/** n8n answers at once and does the work behind that; versions that do not know this address have done it before. */
	private async waitForPublication(workflowId: string): Promise<Publication> {
		const look = async (): Promise<Publication | undefined> => {
			const { status, data } = await this.send('GET', `/workflows/${workflowId}/publication-status`);
			if (status === 404) return { status: 'published', triggers: [] };
			return data.status === 'in_progress' ? undefined : data;
		};
		const publication = await lookUntil(look, PUBLICATION);
		if (publication === undefined) throw new Error(`n8n had not done with the triggers after ${PUBLICATION.limitMs / 1_000} s.`);
		return publication;
	}

	/** Runs it by hand with these items coming out of its trigger. Returns the execution's ID. */
	async runWithItems(workflowId: string, triggerName: string, items: Item[]): Promise<string> {
		const { versionId } = await this.request('GET', `/workflows/${workflowId}`);
		await this.request('PATCH', `/workflows/${workflowId}`, { versionId, pinData: { [triggerName]: items } });
		return await this.runWorkflow(workflowId, triggerName);
	}

	/** Stop, as the button does. */
	async stopExecution(executionId: string): Promise<void> {
		await this.request('POST', `/executions/${executionId}/stop`);
	}

	/** Retry, as the buttons in the list of executions do. Returns the ID of the execution that goes on, once it has ended. */
	async retryExecution(executionId: string, { loadWorkflow }: { loadWorkflow: boolean }): Promise<string> {
		const { id } = await this.request('POST', `/executions/${executionId}/retry`, { loadWorkflow });
		return String(id);
	}

	/** The executions of a workflow once there are so many and all have ended, newest first. @throws Error when that takes too long */
	async waitForExecutions(workflowId: string, count: number, limitMs: number): Promise<ExecutionSummary[]> {
		let seen: ExecutionSummary[] = [];
		const look = async (): Promise<true | undefined> => {
			seen = await this.listExecutions(workflowId);
			return seen.length >= count && seen.every(({ status }) => ENDED.has(status)) ? true : undefined;
		};
		if (await lookUntil(look, { limitMs, intervalMs: LOOK_EVERY_MS })) return seen;
		throw new Error(`Not ${count} executions ended within ${limitMs / 1_000} s: ${seen.map(({ status }) => status).join(', ')}`);
	}

	/** All executions of a workflow, newest first; of all workflows when none is given. */
	async listExecutions(workflowId?: string): Promise<ExecutionSummary[]> {
		const found = new Map<string, ExecutionSummary>();
		let startedBefore: string | undefined;
		let isComplete = false;
		while (!isComplete) {
			// Each page begins where the last one ended. n8n's own cursor goes by ID, and so leaves out what started in another order.
			const filter = encodeURIComponent(JSON.stringify({ workflowId, startedBefore }));
			const { results } = await this.request('GET', `/executions?limit=${PAGE_SIZE}&filter=${filter}`);
			const page: ExecutionSummary[] = results;
			isComplete = page.every(({ id }) => found.has(id));
			for (const each of page) found.set(each.id, each);
			startedBefore = page.at(-1)?.startedAt ?? startedBefore;
		}
		return [...found.values()];
	}
}
