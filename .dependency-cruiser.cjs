/** Who may import whom, held by `npm run lint:imports`. Imports of types count as imports. */

/** The rooms of nodes/Extend, from the roof to the ground: each may use those further down. */
const FLOORS = [
	['operations', 'pickers', 'trigger'],
	['parameters'],
	['n8n'],
	['waiting', 'starting', 'routing', 'webhook', 'documents'],
	['runs'],
	['api'],
];
/** They know n8n by its types only. */
const CORE = FLOORS.slice(FLOORS.findIndex((rooms) => rooms.includes('n8n')) + 1).flat();

const anyOf = (names) => `(${names.join('|')})`;
const within = (...names) => `^nodes/Extend/${anyOf(names)}/`;

const downwards = FLOORS.flatMap((rooms, floor) =>
	rooms.map((room) => {
		const others = FLOORS.slice(0, floor + 1).flat().filter((name) => name !== room);
		return {
			name: `${room}-looks-down`,
			comment: `${room}/ uses the floors below it: neither those above nor what lies beside it.`,
			severity: 'error',
			from: { path: within(room) },
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
		...downwards,
		{
			name: 'every-room-is-known',
			comment: 'A new folder of nodes/Extend has to be given its floor in this file.',
			severity: 'error',
			from: { path: '^nodes/Extend/[^/]+/', pathNot: within(...FLOORS.flat()) },
			to: {},
		},
		{
			name: 'operations-stand-alone',
			comment: 'What two operations share lies in shared/, in parameters/ or further down.',
			severity: 'error',
			from: { path: '\\.operation\\.ts$' },
			to: { path: '\\.operation\\.ts$' },
		},
		{
			name: 'resources-stand-alone',
			comment: 'What two resources share lies in shared/, in parameters/ or further down.',
			severity: 'error',
			from: { path: '^nodes/Extend/operations/([^/]+)/' },
			to: { path: '^nodes/Extend/operations/[^/]+/', pathNot: '^nodes/Extend/operations/(shared|$1)/' },
		},
		{
			name: 'core-knows-n8n-by-its-types',
			comment: 'Values of n8n are used at its edge only, so that the core can be tested without n8n.',
			severity: 'error',
			from: { path: within(...CORE, 'operations', 'pickers', 'trigger', 'parameters') },
			to: { path: 'n8n-workflow', dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'published-code-stands-alone',
			comment: 'What is published uses its own files, n8n-workflow and node:crypto, and nothing else.',
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
		testFolder('emulator', ['^(nodes|credentials)/', '^test/(?!emulator/)'], 'A wrong belief about Extend must not sit on both sides of a test.'),
		testFolder('live', ['^(nodes|credentials)/', '^test/(?!live/|emulator/)'], 'It asks the real API, and compares with the stand-in only.'),
		testFolder('unit', ['^test/(?!unit/|emulator/(webhooks/signature|testing/fixtures))'], 'No server and no engine: the pure parts, and Extend as a function.'),
		testFolder('(e2e|n8n)', ['^(nodes|credentials)/', '^test/(unit|workflow|package|sdk|live|bench|faults)/'], 'A real n8n holds the packed package, not the sources.'),
		testFolder('(workflow|faults)', ['^test/(package|sdk|live|bench|e2e)/'], 'The engine with the stand-in, which stand on nothing else.'),
		testFolder('(package|sdk)', ['^test/(workflow|live|bench|e2e|n8n|faults)/'], 'They read the sources, and run no workflow.'),
		{
			name: 'no-circles',
			comment: 'Files that need each other are one file, or lack a third.',
			severity: 'error',
			from: { pathNot: '^test/' },
			to: { circular: true },
		},
		{
			name: 'no-circles-in-tests',
			comment: 'The parts of the stand-in name the types of each other, but do not wait for each other to load.',
			severity: 'error',
			from: { path: '^test/' },
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		{ name: 'no-broken-imports', comment: 'What is imported exists.', severity: 'error', from: {}, to: { couldNotResolve: true } },
		{
			name: 'no-forgotten-files',
			comment: 'What neither a node nor the credential leads to is dead.',
			severity: 'error',
			from: { path: '\\.node\\.ts$|\\.credentials\\.ts$' },
			to: { path: '^(nodes|credentials)/', pathNot: '\\.(node|credentials)\\.ts$', reachable: false },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		// Imports of types too; without this they are gone before anybody looks.
		tsPreCompilationDeps: true,
		enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
	},
};
