/**
 * The value in a text of the format that n8n stores executions in: a JSON array whose first entry is the value, and
 * where a string inside an object or array is the index of the entry that holds the real thing.
 * @param {string} text
 * @returns {unknown}
 * @see https://github.com/WebReflection/flatted
 */
export function parseFlatted(text) {
	const entries = JSON.parse(text);
	/** @type {Map<number, unknown>} */
	const revived = new Map();
	const valueAt = (/** @type {number} */ index) => {
		if (revived.has(index)) return revived.get(index);
		const entry = entries[index];
		if (typeof entry !== 'object' || entry === null) return entry;
		const target = Array.isArray(entry) ? [] : {};
		revived.set(index, target); // Before its content, which may refer back to it.
		for (const [key, value] of Object.entries(entry)) {
			Reflect.set(target, key, typeof value === 'string' ? valueAt(Number(value)) : value);
		}
		return target;
	};
	return valueAt(0);
}
