// Second lint pass with eslint-plugin-n8n-nodes-base 2.x. It lives in a file of its own because n8n's strict mode
// wants eslint.config.mjs to be exactly the default, and that one brings version 1.x of the plugin.
import base from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const parser = tseslint.parser;
const off = (...names) => Object.fromEntries(names.map((name) => [`n8n-nodes-base/${name}`, 'off']));
const common = { plugins: { 'n8n-nodes-base': base }, languageOptions: { parser } };

export default [
	{ ignores: ['dist/**', '.n8n/**', '.artifacts/**', 'coverage/**'] },
	// Only known to the main configuration's plugins; this pass does not judge the disable lines of the other one.
	{ linterOptions: { reportUnusedDisableDirectives: 'off' } },
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
];
