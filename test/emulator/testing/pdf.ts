/** A PDF with one line of text per page, small enough to read in a hex viewer. Latin letters only. */
export function makePdf(...pages: string[]): Buffer {
	const pageIds = pages.map((_, index) => 4 + 2 * index);
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		`<< /Type /Pages /Count ${pages.length} /Kids [${pageIds.map((id) => `${id} 0 R`).join(' ')}] >>`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
		...pages.flatMap((text, index) => pageObjects(text, 5 + 2 * index)),
	];
	let body = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const offset = body.length;
		body += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return offset;
	});
	return Buffer.from(`${body}${crossReferences(offsets, body.length)}`, 'latin1');
}

function pageObjects(text: string, contentId: number): string[] {
	const content = `BT /F1 12 Tf 40 700 Td (${text.replace(/[\\()]/g, '\\$&')}) Tj ET`;
	const resources = '/Resources << /Font << /F1 3 0 R >> >>';
	return [
		`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${contentId} 0 R >>`,
		`<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
	];
}

function crossReferences(offsets: number[], startXref: number): string {
	const size = offsets.length + 1;
	const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
	const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${startXref}\n%%EOF\n`;
	return `xref\n0 ${size}\n0000000000 65535 f \n${lines}${trailer}`;
}
