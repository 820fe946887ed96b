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

/** Executions that n8n lists at a time. */
const PAGE_SIZE = 100;
const LOOK_EVERY_MS = 300;

/** What a person does in n8n's editor, over its REST interface. */
export class TestClient extends N8nClient {
	/** Returns the workflow's ID. */
	async createWorkflow(workflow: NewWorkflow): Promise<string> {
		// n8n 1 wants to be told that it is not active, later versions leave that out.
		const { id } = await this.request('POST', '/workflows', { ...workflow, active: false });
		return id;
	}

	/** Activates it; its webhooks answer some moments later, see callWebhook. */
	async activate(workflowId: string): Promise<void> {
		const { versionId } = await this.request('GET', `/workflows/${workflowId}`);
		await this.request('POST', `/workflows/${workflowId}/activate`, { versionId });
	}

	async deactivate(workflowId: string): Promise<void> {
		await this.request('POST', `/workflows/${workflowId}/deactivate`, {});
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
