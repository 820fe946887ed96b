export function isPattern(name: string): boolean {
	return /[*?]/.test(name);
}

/**
 * Whether a name fits a pattern in which `*` stands for any characters and `?` for one. It goes back to the last `*` only,
 * so that no pattern takes longer than the product of both lengths, as a regular expression would.
 */
export function fitsPattern(name: string, pattern: string): boolean {
	const signs = Array.from(name);
	const wanted = Array.from(pattern);
	let at = 0;
	let next = 0;
	let star = -1;
	let afterStar = 0;
	while (at < signs.length) {
		if (wanted[next] === '*') {
			star = next++;
			afterStar = at;
		} else if (wanted[next] === '?' || wanted[next] === signs[at]) {
			next += 1;
			at += 1;
		} else if (star >= 0) {
			next = star + 1;
			at = ++afterStar;
		} else {
			return false;
		}
	}
	return wanted.slice(next).every((sign) => sign === '*');
}
