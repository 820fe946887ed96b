import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

/** Whatever a user reads in the editor: a parameter, a group of them, a notice, an entry of a list or a mode of a locator. */
export interface Text {
	kind: 'parameter' | 'group' | 'notice' | 'option' | 'mode';
	/** Where it is, for instance `extendClassify.options.priority`. */
	path: string;
	label: string;
	description: string;
	placeholder?: string;
	/** How an operation is named in the node panel. */
	action?: string;
	/** The parameter itself, for parameters only. */
	parameter?: INodeProperties;
}

type Entry = INodePropertyOptions | INodeProperties | INodePropertyCollection;

/** They have a sentence in place of a label. */
const NOTICES = new Set(['notice', 'callout']);

/** The texts of a parameter and of everything nested in it. */
export function textsOf(parameter: INodeProperties, parent: string): Text[] {
	const path = `${parent}.${parameter.name}`;
	const nested = (parameter.options ?? []).flatMap((entry) => textsOfEntry(entry, path));
	if (NOTICES.has(parameter.type)) return [{ kind: 'notice', path, label: '', description: parameter.displayName }];
	const modes = (parameter.modes ?? []).map((mode): Text => ({
		kind: 'mode',
		path: `${path}.${mode.name}`,
		label: mode.displayName,
		description: mode.hint ?? '',
		placeholder: mode.placeholder,
	}));
	const { displayName: label, description = '', placeholder } = parameter;
	return [{ kind: 'parameter', path, label, description, placeholder, parameter }, ...nested, ...modes];
}

function textsOfEntry(entry: Entry, parent: string): Text[] {
	if ('type' in entry) return textsOf(entry, parent);
	const path = `${parent}.${entry.name}`;
	if ('values' in entry) {
		const group: Text = { kind: 'group', path, label: entry.displayName, description: '' };
		return [group, ...entry.values.flatMap((value) => textsOf(value, path))];
	}
	return [{ kind: 'option', path, label: entry.name, description: entry.description ?? '', action: entry.action }];
}
