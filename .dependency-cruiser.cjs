/** Who may import whom, held by `npm run lint:imports`. Imports of types count as imports. */

/** The folders of nodes/Extend in layers, from top to bottom: each folder may use those of lower layers. */
const LAYERS = [
	['operations', 'pickers', 'trigger'],
	['pipeline'],
	['parameters'],
	['n8n'],
	['starting'],
	['waiting', 'routing', 'webhook', 'documents'],
	['runs'],
	['api'],
];
/** These know n8n by its types only. They are the folders in scripts/lib/coreFolders.mjs. */
const CORE = LAYERS.slice(LAYERS.findIndex((folders) => folders.includes('n8n')) + 1).flat();

const anyOf = (names) => `(${names.join('|')})`;
const within = (...names) => `^nodes/Extend/${anyOf(names)}/`;

const layerRules = LAYERS.flatMap((folders, layer) =>
	folders.map((folder) => {
		const others = LAYERS.slice(0, layer + 1).flat().filter((name) => name !== folder);
		return {
			name: `${folder}-uses-lower-layers`,
			comment: `${folder}/ uses lower layers only: no higher one, and no other folder of its own.`,
			severity: 'error',
			from: { path: within(folder) },
			to: { path: [...(others.length > 0 ? [within(...others)] : []), '\\.node\\.ts$'] },
		};
	}),
);

/** What a folder of the tests must not use, and why. */
const testFolder = (folder, forbidden, comment) => ({
	name: `test-${folder}`,
	comment,
	severity: 'error',
	from: { path: `^test/${folder}/` },
	to: { path: forbidden },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		...layerRules,
		{
			name: 'pipeline-is-for-operations',
			comment: 'Pickers and the trigger start no runs.',
			severity: 'error',
			from: { path: within('pickers', 'trigger') },
			to: { path: within('pipeline') },
		},
		{
			name: 'starting-uses-waiting-alone',
			comment: 'Of the layer right below it, starting/ uses waiting/ only.',
			severity: 'error',
			from: { path: within('starting') },
			to: { path: within('routing', 'webhook', 'documents') },
		},
		{
			name: 'every-folder-has-a-layer',
			comment: 'Add a new folder of nodes/Extend to a layer in this file.',
			severity: 'error',
			from: { path: '^nodes/Extend/[^/]+/', pathNot: within(...LAYERS.flat()) },
			to: {},
		},
		{
			name: 'operations-stand-alone',
			comment: 'What two operations share belongs in pipeline/, in parameters/ or in a lower layer.',
			severity: 'error',
			from: { path: '\\.operation\\.ts$' },
			to: { path: '\\.operation\\.ts$' },
		},
		{
			name: 'resources-stand-alone',
			comment: 'What two resources share belongs in pipeline/, in parameters/ or in a lower layer.',
			severity: 'error',
			from: { path: '^nodes/Extend/operations/([^/]+)/' },
			to: { path: '^nodes/Extend/operations/[^/]+/', pathNot: '^nodes/Extend/operations/$1/' },
		},
		{
			name: 'core-knows-n8n-by-its-types',
			comment: 'Only n8n/ and the node files use values of n8n, so that everything else can be tested without n8n.',
			severity: 'error',
			from: { path: within(...CORE, 'operations', 'pickers', 'trigger', 'pipeline', 'parameters') },
			to: { path: 'n8n-workflow', dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'published-code-stands-alone',
			comment: 'The published code uses its own files, n8n-workflow and node:crypto, and nothing else.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { pathNot: '^(nodes|credentials)/|^node_modules/n8n-workflow/|^(node:)?crypto$' },
		},
		{
			name: 'scripts-stand-alone',
			comment: 'The commands that set up and check the project must not need what they check.',
			severity: 'error',
			from: { path: '^scripts/' },
			to: { path: '^(nodes|credentials|test)/' },
		},
		testFolder('emulator', ['^(nodes|credentials)/', '^test/(?!emulator/)'], 'A wrong assumption about Extend must not be on both sides of a test.'),
		testFolder('live', ['^(nodes|credentials)/', '^test/(?!live/|emulator/)'], 'It asks the real API, and compares the answers with the emulator only.'),
		testFolder('unit', ['^test/(?!unit/|emulator/(webhooks/signature|testing/fixtures))'], 'No server and no engine: pure code, with Extend as a function.'),
		testFolder('(e2e|n8n)', ['^(nodes|credentials)/', '^test/(unit|workflow|package|sdk|live|bench|faults)/'], 'A real n8n runs the packed package, not the sources.'),
		testFolder('(workflow|faults)', ['^test/(package|sdk|live|bench|e2e)/'], 'They use the engine and the emulator, and no other suite.'),
		testFolder('(package|sdk)', ['^test/(workflow|live|bench|e2e|n8n|faults)/'], 'They read the sources and run no workflow.'),
		{
			name: 'no-circles',
			comment: 'Two files that need each other should be one file, or share a third.',
			severity: 'error',
			from: { pathNot: '^test/' },
			to: { circular: true },
		},
		{
			name: 'no-circles-in-tests',
			comment: 'The parts of the emulator may import types from each other, but not values.',
			severity: 'error',
			from: { path: '^test/' },
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		{ name: 'no-broken-imports', comment: 'Every imported file exists.', severity: 'error', from: {}, to: { couldNotResolve: true } },
		{
			name: 'no-forgotten-files',
			comment: 'A file that neither a node nor the credential reaches is dead code.',
			severity: 'error',
			from: { path: '\\.node\\.ts$|\\.credentials\\.ts$' },
			to: { path: '^(nodes|credentials)/', pathNot: '\\.(node|credentials)\\.ts$', reachable: false },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		// Include type-only imports, which the compiler would remove first.
		tsPreCompilationDeps: true,
		enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
	},
};
