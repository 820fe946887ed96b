import type { Read } from '../../../nodes/Extend/n8n/read';

/** Parameters of a node for one item, read as n8n's edge reads them. */
export function fakeRead(parameters: Record<string, unknown>): Read {
	const rawText = (name: string): string => {
		const value = parameters[name] ?? '';
		return typeof value === 'string' ? value : JSON.stringify(value);
	};
	return {
		rawText,
		text: (name) => rawText(name).trim(),
		flag: (name) => parameters[name] === true,
		group: (name) => {
			const value = parameters[name];
			return typeof value === 'object' && value !== null ? { ...value } : {};
		},
		locator: (name) => rawText(name).trim(),
		value: (name) => parameters[name],
		saved: (name) => parameters[name],
		isExpression: () => false,
	};
}
