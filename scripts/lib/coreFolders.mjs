/**
 * The pure core of nodes/Extend: it knows n8n by its types only, and is held by its unit tests alone.
 * The test of mutants and the bound on coverage are about these folders.
 */
export const CORE_FOLDERS = ['api', 'runs', 'documents', 'starting', 'waiting', 'routing', 'webhook'];
