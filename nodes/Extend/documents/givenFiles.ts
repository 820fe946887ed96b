import { inputError } from '../api/errors';
import { isObject } from '../api/json';
import { missingField, selectFields } from './selection';

/** The files of an item by field, as they came; nothing about them is sure. */
export type OwnFiles = Readonly<Record<string, unknown>>;

/** A file that the user names or gives. */
export interface GivenFile {
	field: string;
	/** What describes it, if anything does. */
	data: unknown;
	/** Whether it is the item's own rather than one of another node. */
	isOwn: boolean;
}

export interface GivenFiles {
	files: GivenFile[];
	/** Plain names that the item does not have. */
	missing: string[];
}

/** Fields for files of other nodes, whose own names are lost in an expression. */
const FOREIGN_FIELD = 'data';

/**
 * The files that Input Binary Field means, each once: by names and patterns in a text or an array, or given as data by an
 * expression: a file, an array of files, the files of an item by field, or an item. Nothing at all gives none.
 * @throws ExtendError for an empty text, and for data that is no file
 */
export function filesGiven(value: unknown, own: OwnFiles): GivenFiles {
	const given = new Given(own);
	given.add(value);
	return { files: [...given.files.values()], missing: [...given.missing] };
}

class Given {
	/** By field, so that each comes once. */
	readonly files = new Map<string, GivenFile>();
	readonly missing = new Set<string>();

	constructor(private readonly own: OwnFiles) {}

	add(value: unknown): void {
		if (value === undefined || value === null) return;
		if (Array.isArray(value)) value.filter((entry) => entry !== '').forEach((entry) => this.add(entry));
		else if (typeof value !== 'object') this.addNames(String(value));
		else if (isFile(value)) this.addFile(value, undefined);
		else this.addFilesOf(value);
	}

	private addNames(text: string): void {
		const { fields, missing } = selectFields(text, Object.keys(this.own));
		for (const field of fields) this.files.set(field, { field, data: this.own[field], isOwn: true });
		for (const name of missing) this.missing.add(name);
	}

	/** The files of an item, or those of an object that holds them by field. */
	private addFilesOf(value: object): void {
		const record: unknown = 'binary' in value && isObject(value.binary) && !isFile(value.binary) ? value.binary : value;
		const entries = isObject(record) ? Object.entries(record).filter(([, entry]) => entry !== undefined && entry !== null) : [];
		const isItemWithoutFiles = 'json' in value && record === value;
		if (isItemWithoutFiles) return;
		const isOwn = (field: string): boolean => Object.hasOwn(this.own, field);
		if (!entries.every(([field, entry]) => isFile(entry) || isOwn(field))) throw noFileGiven();
		for (const [field, entry] of entries) {
			if (isFile(entry)) this.addFile(entry, field);
			// What is no file fails by itself, as it does when it is named.
			else this.files.set(field, { field, data: entry, isOwn: true });
		}
	}

	private addFile(data: unknown, itsField: string | undefined): void {
		const field = this.ownFieldOf(data, itsField);
		if (field === undefined) {
			if ([...this.files.values()].some((file) => !file.isOwn && isSame(data, file.data))) return;
			const free = this.freeField(itsField ?? FOREIGN_FIELD);
			this.files.set(free, { field: free, data, isOwn: false });
			return;
		}
		const own = this.own[field];
		this.files.set(field, { field, data: isObject(data) && isObject(own) ? { ...own, ...data } : own, isOwn: true });
	}

	/** The item's field that holds the file; n8n leaves the content out of what an expression gives of the item's own files. */
	private ownFieldOf(data: unknown, itsField: string | undefined): string | undefined {
		const fields = Object.keys(this.own).filter((field) => isSame(data, this.own[field]));
		if (itsField !== undefined && fields.includes(itsField)) return itsField;
		const [first] = fields;
		if (first === undefined) return undefined;
		const contents = new Set(fields.map((field) => contentOf(this.own[field])));
		if (contents.size === 1) return first;
		throw inputError(
			`Input Binary Field holds a file that cannot be told from others of the item: ${fields.join(', ')}`,
			`Enter the name of the field instead, such as ${first}.`,
		);
	}

	private freeField(wanted: string): string {
		const isTaken = (field: string): boolean => Object.hasOwn(this.own, field) || this.files.has(field);
		if (!isTaken(wanted)) return wanted;
		for (let number = 1; ; number++) {
			if (!isTaken(`${wanted}_${number}`)) return `${wanted}_${number}`;
		}
	}
}

/** The errors of names that the item does not have. */
export function missingFieldError(name: string, own: OwnFiles): ReturnType<typeof missingField> {
	return missingField(name, Object.keys(own));
}

/** Whether a value is meant as n8n's description of a file, however broken. */
export function isFile(value: unknown): boolean {
	if (!isObject(value)) return false;
	const { mimeType, data, id } = value;
	return typeof mimeType === 'string' || typeof data === 'string' || (typeof id === 'string' && id.includes(':'));
}

function contentOf(file: unknown): unknown {
	if (!isObject(file)) return undefined;
	return typeof file.id === 'string' && file.id !== '' ? file.id : file.data;
}

/** Whether both describe one file: the same in n8n's storage, or the same in all that is known of it. */
function isSame(given: unknown, other: unknown): boolean {
	if (!isObject(given) || !isObject(other)) return false;
	const isStored = [given, other].some(({ id }) => typeof id === 'string' && id !== '');
	if (isStored) return given.id === other.id;
	const keys = new Set([...Object.keys(given), ...Object.keys(other)]);
	if (given.data === undefined || other.data === undefined) keys.delete('data');
	return [...keys].every((key) => JSON.stringify(given[key]) === JSON.stringify(other[key]));
}

function noFileGiven(): ReturnType<typeof inputError> {
	return inputError(
		'Input Binary Field holds data that is no file',
		'Enter the name of a binary field, such as data, or point the expression at a file, such as {{ $binary.data }}.',
	);
}
