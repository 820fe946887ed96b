/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads and compiles the source file */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { transpileModule, readConfigFile, sys, convertCompilerOptionsFromJson } from 'typescript';
import type { configuredOutputs } from '../../../nodes/Extend/routing/outputs';

const ROOT = resolve(__dirname, '../../..');

/** The function that names the outputs as text, compiled as the published package is. */
export function compiledOutputs(): string {
	const { config } = readConfigFile(join(ROOT, 'tsconfig.json'), (path) => sys.readFile(path));
	const { options } = convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
	const source = readFileSync(join(ROOT, 'nodes/Extend/routing/outputs.ts'), 'utf8');
	const { outputText } = transpileModule(source, { compilerOptions: options });
	const built: { configuredOutputs?: typeof configuredOutputs } = {};
	runInNewContext(outputText, { exports: built });
	return String(built.configuredOutputs);
}
