import { join } from 'node:path';
import { ensurePackageInN8n } from './communityPackage.mjs';
import { claimFolder, hideEditorCache, requireWritable } from './demoFolder.mjs';
import { ExplainedError } from './explained.mjs';
import { addressOf, requireExtend } from './extendAccount.mjs';
import { ensureN8n } from './install.mjs';
import { N8nClient } from './n8nRest.mjs';
import { startN8n } from './n8nServer.mjs';
import { documentsDir, projectRoot } from './paths.mjs';
import { requireFreePorts } from './ports.mjs';
import { report, withProgress } from './progress.mjs';
import { ensureProjectPackages } from './projectPackages.mjs';
import { readSecrets } from './secrets.mjs';
import { startStandIn } from './standIn.mjs';

/**
 * Everything that can be told to be wrong without waiting: rights, another demo in the same folder, the key, ports.
 * @param {import('./settings.mjs').Settings} settings
 * @param {import('./paths.mjs').DemoPaths} paths
 */
export async function checkFirst(settings, paths) {
	requireWritable(projectRoot, paths);
	claimFolder(paths);
	const standIn = { port: settings.standInPort, user: 'the stand-in for Extend', variable: 'EXTEND_STAND_IN_PORT' };
	if (settings.extend) await requireExtend(settings.extend, process.env);
	await requireFreePorts([
		{ port: settings.n8nPort, user: 'n8n', variable: 'N8N_PORT' },
		{ port: settings.brokerPort, user: 'n8n\'s task broker', variable: 'N8N_RUNNERS_BROKER_PORT' },
		...(settings.extend ? [] : [standIn]),
	]);
}

/**
 * Installs what is missing: the project's packages, n8n, the nodes in n8n.
 * @param {import('./paths.mjs').DemoPaths} paths
 */
export async function installAll(paths) {
	await ensureProjectPackages(projectRoot, paths.logs);
	const runtime = await ensureN8n(paths);
	await ensurePackageInN8n({ root: projectRoot, userFolder: paths.userFolder, logs: paths.logs });
	return runtime;
}

/**
 * The account to classify with: the user's, else that of a stand-in started here.
 * @param {import('./settings.mjs').Settings} settings
 * @param {import('./paths.mjs').DemoPaths} paths
 */
export async function openAccount({ extend, standInPort }, paths) {
	if (extend) {
		const address = addressOf(extend);
		report('Extend', `${address}, with your key`);
		return { account: extend, source: `Extend (${address})` };
	}
	const logFile = join(paths.logs, 'stand-in.log');
	const { account, ended } = await startStandIn({ root: projectRoot, port: standInPort, logFile });
	report('Stand-in for Extend', `${account.baseUrl} (set EXTEND_API_KEY to use the real one)`);
	return { account, source: 'the local stand-in', ended };
}

/**
 * n8n, started and signed in to.
 * @param {{ settings: import('./settings.mjs').Settings, paths: import('./paths.mjs').DemoPaths, runtime: { nodePath: string, n8nScript: string } }} plan
 */
export async function openN8n({ settings, paths, runtime }) {
	const { encryptionKey, owner } = readSecrets(paths.secrets);
	hideEditorCache(paths);
	const plan = {
		...runtime,
		userFolder: paths.userFolder,
		port: settings.n8nPort,
		brokerPort: settings.brokerPort,
		encryptionKey,
		logFile: join(paths.logs, 'n8n.log'),
		readableFolders: [documentsDir],
	};
	const server = await withProgress({ label: 'n8n', doing: 'starting', done: 'ready' }, () => startN8n(plan));
	const client = new N8nClient(server.baseUrl);
	if (await client.signIn(owner)) return { ...server, client, owner };
	throw new ExplainedError(
		`n8n does not accept the password in ${paths.secrets}; it was changed in n8n. ` +
			`Write the new one there, or delete the folder ${paths.userFolder} to begin anew.`,
	);
}

