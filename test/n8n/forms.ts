import { lookUntil } from '../../scripts/lib/waiting.mjs';
import type { TestN8n } from './testN8n';

const TAKEN = { limitMs: 60_000, intervalMs: 300 };

/** Sends the form of a workflow's trigger, as a browser does. Fields are named `field-0`, `field-1` and so on. */
export async function submitForm(n8n: TestN8n, workflow: string, trigger: string, body: FormData): Promise<void> {
	const { nodes } = await n8n.client.request('GET', `/workflows/${workflow}`);
	const { webhookId } = nodes.find(({ name }: { name: string }) => name === trigger);
	await submitTo(`${n8n.main.baseUrl}/form/${webhookId}`, body);
}

/** Sends a form to its address; one that was published just now is waited for. @throws Error when nothing takes it */
export async function submitTo(url: string, body: FormData): Promise<void> {
	const send = async (): Promise<true | undefined> => ((await fetch(url, { method: 'POST', body })).ok ? true : undefined);
	if (!(await lookUntil(send, TAKEN))) throw new Error(`${url} took no answer.`);
}
