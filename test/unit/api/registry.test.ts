import { Registry } from '../../../nodes/Extend/api/registry';

const HOUR_MS = 3_600_000;

describe('Registry', () => {
	it('gives the same value for the same key, and another one for another', () => {
		const registry = new Registry(() => ({}));
		expect(registry.use('a', 0)).toBe(registry.use('a', 1));
		expect(registry.use('a', 2)).not.toBe(registry.use('b', 2));
	});

	it('forgets what was not used for an hour, and nothing else', () => {
		const registry = new Registry(() => ({}));
		const [a, b] = [registry.use('a', 0), registry.use('b', 0)];
		expect(registry.use('a', HOUR_MS / 2)).toBe(a);
		registry.use('c', HOUR_MS);
		expect(registry.size).toBe(2);
		expect(registry.use('a', HOUR_MS)).toBe(a);
		expect(registry.use('b', HOUR_MS)).not.toBe(b);
	});

	it('keeps what is used within each hour for as long as it is', () => {
		const registry = new Registry(() => ({}));
		const value = registry.use('a', 0);
		for (let ms = 0; ms < 48 * HOUR_MS; ms += HOUR_MS - 1) {
			registry.use(`other ${ms}`, ms);
			expect(registry.use('a', ms)).toBe(value);
		}
		expect(registry.size).toBeLessThan(4);
	});
});
