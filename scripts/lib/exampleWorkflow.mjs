import { join } from 'node:path';
import { ExplainedError } from './explained.mjs';
import { readJson, writePrivateJson } from './jsonFile.mjs';
import { documentsDir, exampleWorkflowFile } from './paths.mjs';

const CREDENTIAL_TYPE = 'extendApi';
const READ_TYPE = 'n8n-nodes-base.readWriteFile';
const CLASSIFY_TYPE = 'n8n-nodes-extend-ai.extendClassify';
const TRIGGER_TYPE = 'n8n-nodes-base.manualTrigger';
/** expected.json lies beside the documents and is none. */
const DOCUMENT_PATTERN = join(documentsDir, '*.{pdf,txt,eml}');

/** @typedef {{ name: string, type: string, parameters: Record<string, any>, credentials?: object }} WorkflowNode */
/** @typedef {{ name: string, nodes: WorkflowNode[], connections: object, settings: object }} Workflow */
/** @typedef {{ id: string, trigger: string, read: string, classify: string }} RunnableWorkflow */

/**
 * The example workflow and its credential in n8n. The credential always gets the given account; the workflow is made
 * once and from then on belongs to the user, except that it is made again after it was deleted.
 * @param {import('./n8nRest.mjs').N8nClient} n8n
 * @param {import('./settings.mjs').ExtendAccount} account
 * @param {string} stateFile remembers the IDs
 * @returns {Promise<RunnableWorkflow>}
 */
export async function ensureExampleWorkflow(n8n, account, stateFile) {
	const state = readJson(stateFile) ?? {};
	const credential = { name: 'Extend account of the demo', type: CREDENTIAL_TYPE, data: account };
	const credentialId = await n8n.saveCredential(credential, textOrUndefined(state.credentialId));
	const kept = await findWorkflow(n8n, textOrUndefined(state.workflowId));
	if (kept && state.documents !== DOCUMENT_PATTERN) await followDocuments(n8n, kept, state.documents);
	const workflow = kept ?? (await n8n.request('POST', '/workflows', readExample({ id: credentialId, name: credential.name })));
	writePrivateJson(stateFile, { credentialId, workflowId: workflow.id, documents: DOCUMENT_PATTERN });
	return describeWorkflow(workflow);
}

/**
 * After the project's folder was moved: the documents are looked for in the new place, where the old one was given.
 * @param {import('./n8nRest.mjs').N8nClient} n8n
 * @param {Workflow & { id: string, versionId: string }} workflow
 * @param {unknown} formerPattern
 */
async function followDocuments(n8n, { id, nodes, versionId }, formerPattern) {
	const moved = nodes.map((node) =>
		node.parameters.fileSelector === formerPattern
			? { ...node, parameters: { ...node.parameters, fileSelector: DOCUMENT_PATTERN } }
			: node,
	);
	await n8n.request('PATCH', `/workflows/${id}`, { nodes: moved, versionId });
}

/**
 * @param {import('./n8nRest.mjs').N8nClient} n8n
 * @param {string | undefined} id
 */
async function findWorkflow(n8n, id) {
	if (id === undefined) return undefined;
	const { status, data } = await n8n.send('GET', `/workflows/${id}`);
	return status < 300 && !data.isArchived ? data : undefined;
}

/**
 * The shipped workflow with this computer's documents and the given credential filled in.
 * @param {{ id: string, name: string }} credential
 * @returns {Workflow}
 */
function readExample(credential) {
	const example = /** @type {Workflow | undefined} */ (readJson(exampleWorkflowFile));
	if (!example) throw new ExplainedError(`${exampleWorkflowFile} is missing or no JSON.`);
	const nodes = example.nodes.map((node) => {
		if (node.type === READ_TYPE) return { ...node, parameters: { ...node.parameters, fileSelector: DOCUMENT_PATTERN } };
		return node.type === CLASSIFY_TYPE ? { ...node, credentials: { [CREDENTIAL_TYPE]: credential } } : node;
	});
	return { ...example, nodes };
}

/**
 * @param {Workflow & { id: string }} workflow
 * @returns {RunnableWorkflow}
 * @throws {ExplainedError} when the user removed one of the three nodes
 */
function describeWorkflow({ id, nodes }) {
	const nameOf = (/** @type {string} */ type) => nodes.find((node) => node.type === type)?.name;
	const [trigger, read, classify] = [TRIGGER_TYPE, READ_TYPE, CLASSIFY_TYPE].map(nameOf);
	if (trigger && read && classify) return { id, trigger, read, classify };
	throw new ExplainedError(
		'The example workflow in n8n was changed and lacks its trigger, its Read or its Classify node. ' +
			'Delete it in the editor to get the original back at the next start.',
	);
}

/** @param {unknown} value */
function textOrUndefined(value) {
	return typeof value === 'string' ? value : undefined;
}
