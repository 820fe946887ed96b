/* eslint-disable @n8n/community-nodes/no-restricted-imports -- loads the nodes by their paths */
import { basename, join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { packageSources, ROOT } from './project';

export interface LoadedNode {
	/** From the project's root, for instance `nodes/Extend/ExtendClassify.node.ts`. */
	path: string;
	className: string;
	node: INodeType;
}

export const nodePaths = packageSources.filter((path) => path.endsWith('.node.ts'));

/**
 * Every node of the package, loaded as n8n does: the class has the name of its file.
 * @throws when a file holds no such class
 */
export async function loadNodes(): Promise<LoadedNode[]> {
	return await Promise.all(
		nodePaths.map(async (path) => {
			const className = basename(path, '.node.ts');
			const module = (await import(join(ROOT, path))) as Record<string, new () => INodeType>; // a path has no type
			const Node = module[className];
			if (Node === undefined) throw new Error(`${path} exports no class ${className}`);
			return { path, className, node: new Node() };
		}),
	);
}
