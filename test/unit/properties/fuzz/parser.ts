import fc from 'fast-check';
import { findBreach } from './watch';

/** Something that takes in what comes from outside. */
export interface Parser {
	name: string;
	/** Its cases in a thousand. */
	share: number;
	/** Fails for a value that it throws something else for than an ExtendError, or reaches Object.prototype with, or breaks its promise for. */
	property: fc.IAsyncProperty<[unknown]>;
}

interface Description<T, Result> {
	name: string;
	share: number;
	given: fc.Arbitrary<T>;
	parse: (value: T) => Result | Promise<Result>;
	/** What is wrong with a result; undefined where nothing is. */
	breaks?: (result: Result, value: T) => string | undefined;
}

export function parser<T, Result>({ name, share, given, parse, breaks }: Description<T, Result>): Parser {
	const property = fc.asyncProperty(given as fc.Arbitrary<unknown>, async (value) => {
		let broken: string | undefined;
		const breach = await findBreach(async () => {
			const result = await parse(value as T);
			broken = breaks?.(result, value as T);
			return result;
		});
		const found = breach ?? broken;
		if (found !== undefined) throw new Error(`${name}: ${found}`);
	});
	return { name, share, property };
}
