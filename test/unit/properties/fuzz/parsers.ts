import { ANSWER_PARSERS } from './answers';
import { DELIVERY_PARSERS } from './deliveries';
import { PARAMETER_PARSERS } from './parameters';
import type { Parser } from './parser';

/** Everything in the package that takes in what comes from outside, with its cases in a thousand. */
export const PARSERS: Parser[] = [...ANSWER_PARSERS, ...DELIVERY_PARSERS, ...PARAMETER_PARSERS];
