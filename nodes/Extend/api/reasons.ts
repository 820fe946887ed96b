/** What to do about a run or a document without a result. */
export interface Advice {
	/** One sentence for the user. */
	advice: string;
	/** Whether the same document can succeed later without any change. */
	retryable: boolean;
}

/** The outputs for runs and documents without a result whose reason is known. */
export type ReasonOutput = 'Bad File' | 'Bad Config' | 'No Credits' | 'Extend Error' | 'Cancelled';

/** Everything that depends on one reason. */
export interface Reason extends Advice {
	/** The output when Route By is Status and Reason. */
	output: ReasonOutput;
}

/** What to do when no credits are left. */
export const ADD_CREDITS = 'Add credits in the Extend dashboard, then run the item again.';

/** What to do about a file type that Extend does not take. */
export const CHANGE_FILE_TYPE =
	'Convert the file to a type that Extend supports, such as PDF, or leave such files out with Only File Types under File Options.';

/** What to do about a file that Extend finds too large. */
export const SHRINK_FILE = 'The file is larger than Extend accepts. Split it or make it smaller.';

/**
 * Why Extend gives no result: failure reasons of runs, and codes that refuse a document at its upload or start.
 * A new one is one line here. Both are open sets.
 * @see https://docs.extend.ai/2026-02-09/api-reference `failureReason` of classify_run
 * @see https://docs.extend.ai/2026-02-09/parsing/error-codes the codes of parse
 */
export const REASONS: Readonly<Record<string, Reason>> = {
	FAILED_TO_PROCESS_FILE: {
		output: 'Bad File',
		retryable: false,
		advice:
			'Check that the file opens and has a supported type, that a locked PDF has its File Password set under File Options, ' +
			'and that a URL is public and has not expired.',
	},
	PRE_PROCESSING_FAILURE: {
		output: 'Bad File',
		retryable: false,
		advice: 'Extend could not prepare the file. Check that it opens, or convert it to PDF and try again.',
	},
	UNABLE_TO_DOWNLOAD_FILE: {
		output: 'Bad File',
		retryable: false,
		advice: 'Check that the URL is public, that it leads to the file itself and that it has not expired.',
	},
	FILE_TYPE_NOT_SUPPORTED: { output: 'Bad File', retryable: false, advice: CHANGE_FILE_TYPE },
	FILE_SIZE_TOO_LARGE: { output: 'Bad File', retryable: false, advice: SHRINK_FILE },
	CORRUPT_FILE: {
		output: 'Bad File',
		retryable: false,
		advice: 'The file is damaged. Check that it opens, and ask for a new copy if it does not.',
	},
	PASSWORD_PROTECTED_FILE: {
		output: 'Bad File',
		retryable: false,
		advice: 'Set File Password under File Options, or remove the password from the file.',
	},
	INVALID_PROCESSOR: {
		output: 'Bad Config',
		retryable: false,
		advice: 'Open the classifier in the Extend dashboard and check its categories and settings, or those given in this node.',
	},
	INVALID_CONFIGURATION: {
		output: 'Bad Config',
		retryable: false,
		advice: 'The settings do not work with the chosen base processor. Change the base processor, its version or the options of this node.',
	},
	INVALID_CONFIG_OPTIONS: {
		output: 'Bad Config',
		retryable: false,
		advice: 'Check the settings of the classifier in the Extend dashboard, and those under Model Options in this node.',
	},
	OUT_OF_CREDITS: { output: 'No Credits', retryable: false, advice: ADD_CREDITS },
	USAGE_BLOCKED: { output: 'No Credits', retryable: false, advice: ADD_CREDITS },
	INTERNAL_ERROR: {
		output: 'Extend Error',
		retryable: true,
		advice: 'Something went wrong at Extend. Start the run again in a few minutes.',
	},
	PARSING_ERROR: { output: 'Extend Error', retryable: true, advice: 'Extend could not read its own result. Start the run again.' },
	POST_PROCESSING_FAILURE: { output: 'Extend Error', retryable: true, advice: 'Extend could not finish the run. Start it again.' },
	ABORTED: { output: 'Cancelled', retryable: true, advice: 'Somebody stopped this run. Start it again if you still need the category.' },
};
