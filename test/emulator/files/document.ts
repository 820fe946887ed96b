import type { Extend } from 'extend-ai';
import { isPdf, typeByName } from './fileTypes';
import type { PdfReader } from './pdfReader';

/** What was read from a file's content. */
export interface Document {
	type: Extend.FileType | null;
	/** Text by page; one page for everything but PDFs. */
	pages: string[];
	/** Set for PDF and DOCX only. */
	pageCount?: number;
	/** Why a run on this file fails; undefined when it does not. */
	obstacle?: string;
}

export interface StoredFile extends Document {
	id: string;
	name: string;
	bytes: Buffer;
	/** Set once a run has parsed the file; later runs reuse it. */
	parseRunId?: string;
	/** Whether a run has begun to read the file: only then is the number of its pages shown. */
	wasRead?: boolean;
	createdAtMs: number;
	updatedAtMs: number;
}

export interface DocumentSource {
	name: string;
	bytes: Buffer;
	password?: string;
	/** Known from elsewhere, for a name without extension. */
	type?: Extend.FileType | null;
	convertToPdf?: boolean;
}

const TEXT_TYPES = new Set<string>(['TXT', 'CSV', 'HTML', 'XML']);
/** What `convertToPdf` covers; other files stay what they are. */
const CONVERTIBLE = new Set<string>(['IMG', 'DOCX', 'EXCEL', 'HTML']);
const LOCKED = 'The file is protected by a password, and the given one does not open it.';

/** Reads the text of a document, or finds what will keep a run from doing so. */
export async function readDocument(source: DocumentSource, pdf: PdfReader): Promise<Document> {
	const { name, bytes, password } = source;
	if (isPdf(bytes)) return await readPdf(source, pdf);
	const type = source.type ?? typeByName(name);
	if (type === null) return { type, pages: [], obstacle: `The type of the file "${name}" is not supported.` };
	if (type === 'PDF' && /\.pdf$/i.test(name)) {
		return { type, pages: [], obstacle: 'The file is not a readable PDF.' };
	}
	const text = TEXT_TYPES.has(type) ? bytes.toString('utf8') : '';
	const shownType = source.convertToPdf && CONVERTIBLE.has(type) ? 'PDF' : type;
	const pageCount = shownType === 'PDF' || shownType === 'DOCX' ? 1 : undefined;
	return { type: shownType, pages: [text], pageCount, obstacle: lockOf(text, password) };
}

async function readPdf({ bytes, password }: DocumentSource, pdf: PdfReader): Promise<Document> {
	const content = await pdf.read(bytes, password);
	if ('obstacle' in content) {
		const obstacle = content.obstacle === 'password' ? LOCKED : 'The file is not a readable PDF.';
		return { type: 'PDF', pages: [], obstacle };
	}
	const { pages } = content;
	return { type: 'PDF', pages, pageCount: pages.length, obstacle: lockOf(pages.join('\n'), password) };
}

/** A line `emulator-password: X` makes any document ask for that password. */
function lockOf(text: string, given: string | undefined): string | undefined {
	const wanted = /^\s*emulator-password:\s*(\S+)\s*$/im.exec(text)?.[1];
	return wanted === undefined || wanted === given ? undefined : LOCKED;
}
