import type { Extend } from 'extend-ai';
import { countWords, wordsOf } from './words';

/** A word of the category's name says more than one of its description. */
const NAME_WEIGHT = 3;
const DESCRIPTION_WEIGHT = 1;
/** A word counts this often at most, so that one repeated word does not decide alone. */
const COUNT_CAP = 3;
/** Fewer words than this are too few to call the absence of keywords a finding. */
const FEW_WORDS = 5;

interface Score {
	category: Extend.Classification;
	points: number;
	found: Map<string, number>;
}

/** The category whose words occur most in the text; `other` when none occurs. Keyword counting, not a model. */
export function classifyByKeywords(text: string, categories: Extend.Classification[]): Extend.ClassifyOutput {
	const counts = countWords(text);
	const scores = categories
		.filter((category) => category.type !== 'other')
		.map((category) => scoreOf(category, counts))
		.sort((left, right) => right.points - left.points);
	const [best, second] = scores;
	if (best === undefined || best.points === 0) return asOther(categories, counts.size);
	const margin = (best.points - (second?.points ?? 0)) / best.points;
	const words = [...best.found].map(([word, count]) => `"${word}" (${count})`).join(', ');
	return outputOf(best.category, 0.5 + 0.49 * margin, `${words} point to ${best.category.id}.`);
}

/** An output with two decimals of confidence; the insight says where the answer comes from. */
export function outputOf(
	category: { id: string; type: string },
	confidence: number,
	finding: string,
): Extend.ClassifyOutput {
	return {
		id: category.id,
		type: category.type,
		confidence: Math.round(confidence * 100) / 100,
		insights: [{ type: 'reasoning', content: `Keyword matching by the stand-in, no model: ${finding}` }],
	};
}

function asOther(categories: Extend.Classification[], wordCount: number): Extend.ClassifyOutput {
	const other = categories.find((category) => category.type === 'other') ?? { id: 'other', type: 'other' };
	if (wordCount < FEW_WORDS) return outputOf(other, 0.4, 'too few words to match.');
	return outputOf(other, 0.9, 'no word of another category occurs.');
}

function scoreOf(category: Extend.Classification, counts: Map<string, number>): Score {
	const weights = new Map<string, number>();
	for (const word of wordsOf(category.description)) weights.set(word, DESCRIPTION_WEIGHT);
	for (const word of wordsOf(`${category.id} ${category.type}`)) weights.set(word, NAME_WEIGHT);
	const found = new Map([...counts].filter(([word]) => weights.has(word)));
	const points = [...found].map(([word, count]) => (weights.get(word) ?? 0) * Math.min(count, COUNT_CAP));
	return { category, found, points: points.reduce((sum, each) => sum + each, 0) };
}
