// Second lint pass: eslint-plugin-n8n-nodes-base 2.x, and limits on the length of files and functions. It has a file of its
// own because n8n's strict mode requires eslint.config.mjs to be exactly the default, which brings version 1.x of the plugin.
// It runs with --no-inline-config, because the disable lines in the code are for rules of the first pass.
import base from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const parser = tseslint.parser;
const off = (...names) => Object.fromEntries(names.map((name) => [`n8n-nodes-base/${name}`, 'off']));
const common = { plugins: { 'n8n-nodes-base': base }, languageOptions: { parser } };

export default [
	{ ignores: ['dist/**', '.n8n/**', '.artifacts/**', 'coverage/**'] },
	{
		...common,
		files: ['package.json'],
		languageOptions: { parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: base.configs.community.rules,
	},
	{
		...common,
		files: ['credentials/**/*.ts'],
		rules: {
			...base.configs.credentials.rules,
			// Contradicts the rule of n8n's own plugin, which requires a full URL.
			...off('cred-class-field-documentation-url-miscased'),
		},
	},
	{
		...common,
		files: ['nodes/**/*.ts'],
		rules: {
			...base.configs.nodes.rules,
			// n8n's node-cli turns these three off too.
			...off(
				'node-class-description-inputs-wrong-regular-node',
				'node-class-description-outputs-wrong',
				'node-param-type-options-max-value-present',
			),
		},
	},
	// Every file and every function stays short enough to read at once.
	{
		languageOptions: { parser },
		files: ['{nodes,credentials,test,scripts}/**/*.{ts,mjs}'],
		rules: { 'max-lines': ['error', 200] },
	},
	{ files: ['nodes/**/*.node.ts'], rules: { 'max-lines': ['error', 150] } },
	{
		files: ['{nodes,credentials,scripts}/**/*.{ts,mjs}'],
		// n8n takes the text of its one function and runs it elsewhere, so that function cannot call others.
		ignores: ['nodes/Extend/routing/outputs.ts'],
		rules: { 'max-lines-per-function': ['error', { max: 30, skipComments: true }], 'max-params': ['error', 3], 'max-depth': ['error', 2] },
	},
	// The two trips of a document, each to be read from top to bottom.
	{ files: ['nodes/Extend/pipeline/{classifyDocuments,startBatches}.ts'], rules: { 'max-lines-per-function': ['error', { max: 45, skipComments: true }] } },
	// The document, a text, its place and its style: the order of pdfkit's own functions.
	{ files: ['scripts/documents/page.mjs'], rules: { 'max-params': ['error', 4] } },
];
