import type { JsonObject } from '../../../nodes/Extend/api/json';
import { describeBatch } from '../../../nodes/Extend/runs/batch';

describe('describeBatch', () => {
	it('keeps the fields that workflows use, and leaves the rest out', () => {
		const batch = { object: 'batch_run', id: 'bpr_1', status: 'PROCESSING', runCount: 12, createdAt: '2026-01-01T00:00:00Z', metadata: {} };
		expect(describeBatch(batch)).toEqual({ batchId: 'bpr_1', status: 'PROCESSING', runCount: 12, createdAt: '2026-01-01T00:00:00Z' });
	});

	it.each<JsonObject>([{}, { id: '', status: 5, runCount: '12', createdAt: null }])('gives all fields as null when Extend sent %j', (batch) => {
		expect(describeBatch(batch)).toEqual({ batchId: null, status: null, runCount: null, createdAt: null });
	});
});
