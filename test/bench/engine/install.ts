/* eslint-disable @n8n/community-nodes/no-restricted-imports -- loads n8n from where it is installed */
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type * as N8nCore from 'n8n-core';
import type * as N8nWorkflow from 'n8n-workflow';
import type { ICredentialType, INodeType, IVersionedNodeType } from 'n8n-workflow';
import type { Installation } from '../protocol';
import { readManifest } from './manifest';

export interface N8n {
	core: typeof N8nCore;
	workflow: typeof N8nWorkflow;
	/** Node types by the names that workflows use. */
	types: Record<string, INodeType | IVersionedNodeType>;
	credential: ICredentialType;
	/** Gives services of n8n-core; only its own copy of the container knows them. */
	getService: <T>(service: abstract new (...args: never[]) => T) => T;
}

/** n8n's own nodes that the benchmark compares with. */
const BASE_NODES = {
	'n8n-nodes-base.httpRequest': 'HttpRequest',
	'n8n-nodes-base.if': 'If',
	'n8n-nodes-base.wait': 'Wait',
};

/** Loads n8n's engine, the nodes of n8n that are compared, and the built package. */
export function loadN8n({ n8nDir, packageDir }: Installation): N8n {
	const load = createRequire(join(n8nDir, 'node_modules', 'n8n', 'package.json'));
	load('reflect-metadata');
	const manifest = readManifest(packageDir);
	const ours = manifest.n8n.nodes.map((file): [string, INodeType] => {
		const type = createFrom<INodeType>(join(packageDir, file));
		return [`${manifest.name}.${type.description.name}`, type];
	});
	const [credentialFile = ''] = manifest.n8n.credentials;
	const base = Object.entries(BASE_NODES).map(([name, folder]): [string, INodeType] => {
		return [name, createFrom(load.resolve(`n8n-nodes-base/dist/nodes/${folder}/${folder}.node.js`))];
	});
	return {
		core: load('n8n-core'),
		workflow: load('n8n-workflow'),
		types: Object.fromEntries([...ours, ...base]),
		credential: createFrom(join(packageDir, credentialFile)),
		getService: (service) => createRequire(load.resolve('n8n-core'))('@n8n/di').Container.get(service),
	};
}

/** As n8n makes them: the class has the name of its file. */
function createFrom<T>(file: string): T {
	const name = basename(file).split('.')[0] ?? '';
	return new (createRequire(file)(file)[name])();
}
