import { randomBytes } from 'node:crypto';
import { readJson, writePrivateJson } from './jsonFile.mjs';

/** n8n wants 8 to 64 characters with a digit and a capital letter. */
const newPassword = () => `Demo1-${randomBytes(9).toString('base64url')}`;

/**
 * The owner of the demo's n8n and the key of its stored credentials: made at the first start, the same from then on.
 * @param {string} file readable by its owner only
 * @returns {{ encryptionKey: string, owner: import('./n8nRest.mjs').Owner }}
 */
export function readSecrets(file) {
	const stored = readJson(file);
	const encryptionKey = stored?.encryptionKey;
	const password = stored?.password;
	if (typeof encryptionKey === 'string' && typeof password === 'string') {
		return { encryptionKey, owner: ownerWith(password) };
	}
	const made = { encryptionKey: randomBytes(24).toString('hex'), password: newPassword() };
	writePrivateJson(file, made);
	return { encryptionKey: made.encryptionKey, owner: ownerWith(made.password) };
}

/** @param {string} password */
function ownerWith(password) {
	return { email: 'demo@example.com', password, firstName: 'Demo', lastName: 'Owner' };
}
