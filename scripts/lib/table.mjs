/**
 * A text table: columns as wide as their longest cell, empty columns left out.
 * @param {Array<[key: string, title: string, align?: 'right']>} columns
 * @param {Array<Record<string, string>>} rows
 */
export function renderTable(columns, rows) {
	const cellOf = (/** @type {Record<string, string>} */ row, /** @type {string} */ key) => row[key] ?? '';
	const shown = columns.filter(([key]) => rows.some((row) => cellOf(row, key) !== ''));
	const widths = shown.map(([key, title]) => Math.max(title.length, ...rows.map((row) => cellOf(row, key).length)));
	const line = (/** @type {string[]} */ cells) =>
		cells
			.map((cell, index) => pad(cell, widths[index] ?? 0, shown[index]?.[2]))
			.join('  ')
			.trimEnd();
	const titles = line(shown.map(([, title]) => title));
	const rule = line(widths.map((width) => '-'.repeat(width)));
	return [titles, rule, ...rows.map((row) => line(shown.map(([key]) => cellOf(row, key))))].join('\n');
}

/**
 * @param {string} cell
 * @param {number} width
 * @param {'right'} [align]
 */
function pad(cell, width, align) {
	return align === 'right' ? cell.padStart(width) : cell.padEnd(width);
}
