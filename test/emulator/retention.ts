/** What files and runs say of how long they are kept; seen live, and not declared by the SDK. */
export const DATA_RETENTION = { dataRetention: { mode: 'workspace_default', status: 'available' } };
