/** A copy without the given keys. */
export function omit<Whole extends object, Key extends keyof Whole>(whole: Whole, ...keys: Key[]): Omit<Whole, Key> {
	const names = new Set<PropertyKey>(keys);
	const kept = Object.entries(whole).filter(([name]) => !names.has(name));
	return Object.fromEntries(kept) as Omit<Whole, Key>; // fromEntries has forgotten the names
}
