// Second lint pass: eslint-plugin-n8n-nodes-base 2.x, and how long files and functions may be. It lives in a file of its
// own because n8n's strict mode wants eslint.config.mjs to be exactly the default, which brings version 1.x of the plugin.
// It is run with --no-inline-config: the disable lines in the code are about rules of the first pass.
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
			// Contradicts the rule of n8n's own plugin, which asks for a full address.
			...off('cred-class-field-documentation-url-miscased'),
		},
	},
	{
		...common,
		files: ['nodes/**/*.ts'],
		rules: {
			...base.configs.nodes.rules,
			// The three that n8n's node-cli switches off too.
			...off(
				'node-class-description-inputs-wrong-regular-node',
				'node-class-description-outputs-wrong',
				'node-param-type-options-max-value-present',
			),
		},
	},
	// Every file and every function can be read without scrolling.
	{
		languageOptions: { parser },
		files: ['{nodes,credentials,test,scripts}/**/*.{ts,mjs}'],
		rules: { 'max-lines': ['error', 200] },
	},
	{ files: ['nodes/**/*.node.ts'], rules: { 'max-lines': ['error', 150] } },
	{
		files: ['{nodes,credentials,scripts}/**/*.{ts,mjs}'],
		// n8n takes the text of the one function in there and runs it elsewhere, so it cannot call others.
		ignores: ['nodes/Extend/routing/outputs.ts'],
		rules: { 'max-lines-per-function': ['error', { max: 30, skipComments: true }], 'max-params': ['error', 3], 'max-depth': ['error', 2] },
	},
	// What is written, where, and how it looks: the order of pdfkit, which these functions are an edge of.
	{ files: ['scripts/documents/page.mjs'], rules: { 'max-params': ['error', 4] } },
];
