/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- a command line tool */
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { describeDifference, findDifferences } from './differences';
import { describeGap, findGaps } from './gaps';
import { INSTALLED_SDK, KNOWN_FILE, readKnown, readSdk, writeKnown, type Snapshot } from './snapshot';

const HELP = `npm run check:api                   Compares the types of the installed SDK of Extend with what our code knows
npm run check:api -- --write        Records the types as known, once the code has been looked at
npm run check:api -- --sdk <folder> Another copy of the SDK, in place of node_modules/extend-ai`;

const FLAGS = {
	write: { type: 'boolean', default: false },
	sdk: { type: 'string', default: INSTALLED_SDK },
	help: { type: 'boolean', default: false },
} as const;

/** Compares and reports. @returns whether everything matches */
function check(found: Snapshot): boolean {
	const known = readKnown();
	const differences = findDifferences(known, found);
	const gaps = findGaps(known);
	if (differences.length > 0) {
		console.log(`Extend's SDK ${found.sdk} differs from what is recorded of ${known.sdk} (- gone, + new):\n`);
		console.log(`${differences.map(describeDifference).join('\n\n')}\n`);
		console.log('Paths are below nodes/Extend. Once the code fits: npm run check:api -- --write');
	}
	if (gaps.length > 0) console.log(`Our code and what is recorded of ${known.sdk} do not match:\n\n${gaps.map(describeGap).join('\n')}`);
	const isGood = differences.length + gaps.length === 0;
	if (isGood) console.log(`Extend's SDK ${found.sdk} declares what our code knows, ${Object.keys(known.topics).length} topics in all.`);
	return isGood;
}

function main(): boolean {
	const { values } = parseArgs({ options: FLAGS });
	if (values.help) {
		console.log(HELP);
		return true;
	}
	const found = readSdk(values.sdk);
	if (values.write) {
		writeKnown(found);
		console.log(`Recorded the types of ${found.sdk} in ${relative(process.cwd(), KNOWN_FILE)}.`);
	}
	return check(found);
}

try {
	process.exitCode = main() ? 0 : 1;
} catch (error) {
	console.error(`The types could not be compared: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}
