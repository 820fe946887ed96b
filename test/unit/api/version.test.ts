import packageJson from '../../../package.json';
import { PACKAGE_VERSION } from '../../../nodes/Extend/api/version';

describe('PACKAGE_VERSION', () => {
	it('is the version that package.json has', () => {
		expect(PACKAGE_VERSION).toBe(packageJson.version);
	});
});
