import { filesBelow, packageSources, readText } from './support/project';

/** What n8n's reviewers and users read. */
const texts = [
	...packageSources.filter((path) => /\.(ts|json)$/.test(path)),
	...filesBelow('docs').filter((path) => path.endsWith('.md')),
	...['package.json', 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md'],
].map((path) => ({ path, text: readText(path) }));

/** Frequent words of other languages that no English text holds. */
const FOREIGN =
	/\b(und|oder|nicht|ist|für|eine[rnms]?|avec|vous|dans|cette|pour les|para|como|una|por|della|questo|perché|een|voor|niet|och|inte|nie)\b/i;

describe('everything there is to read', () => {
	it('is found', () => {
		expect(texts.length).toBeGreaterThan(40);
	});

	it('is written in English letters, but for units and quantities', () => {
		const foreign = texts.flatMap(({ path, text }) => (text.match(/(?![A-Za-z]|\p{Script=Greek}|µ)\p{L}/gu) ?? []).map((letter) => `${path}: ${letter}`));
		expect(foreign).toEqual([]);
	});

	it('is written in English words', () => {
		const foreign = texts.flatMap(({ path, text }) => {
			const word = FOREIGN.exec(text)?.[0];
			return word === undefined ? [] : [`${path}: ${word}`];
		});
		expect(foreign).toEqual([]);
	});
});
