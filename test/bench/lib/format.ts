const MEGABYTE = 1_024 * 1_024;

/** A number with so many decimals; a dash for one that cannot be told. */
export function fixed(value: number, decimals: number): string {
	return Number.isFinite(value) ? value.toFixed(decimals) : '–';
}

export function seconds(ms: number, decimals = 2): string {
	return Number.isFinite(ms) ? `${fixed(ms / 1_000, decimals)} s` : '–';
}

export function megabytes(bytes: number): string {
	return `${fixed(bytes / MEGABYTE, 0)} MB`;
}

export function count(value: number): string {
	return value.toLocaleString('en-US');
}

/** A Markdown table. */
export function table(titles: readonly string[], rows: readonly string[][]): string {
	const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
	return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}
