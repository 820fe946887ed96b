import { nameOf, type Parameter, type Read } from '../../../nodes/Extend/n8n/read';

/** Parameters of a node for one item, read as n8n's edge reads them. */
export function fakeRead(parameters: Record<string, unknown>): Read {
	const valueOf = (parameter: Parameter): unknown => parameters[nameOf(parameter)];
	const rawText = (parameter: Parameter): string => {
		const value = valueOf(parameter) ?? '';
		return typeof value === 'string' ? value : JSON.stringify(value);
	};
	return {
		rawText,
		text: (parameter) => rawText(parameter).trim(),
		flag: (parameter) => valueOf(parameter) === true,
		group: (parameter) => {
			const value = valueOf(parameter);
			return typeof value === 'object' && value !== null ? { ...value } : {};
		},
		locator: (parameter) => rawText(parameter).trim(),
		value: valueOf,
		saved: valueOf,
		isExpression: () => false,
	};
}
