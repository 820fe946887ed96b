import type { OpenRun } from './openRun';

/** So many polls at once may ask for runs of which it is not known that they have finished: they must not hold up the others. */
const MAX_GUESSES = 10;
/** A poll that takes longer does not hold up the list. */
const SLOW_MS = 1_500;
/** So long after a poll it is taken that others follow at once. */
const BUSY_AFTER_MS = 500;

/** The polls of single runs that are under way. */
export class RunPolls {
	/** How many they are, those included that wait for their turn. */
	underWay = 0;
	/** When one last ended with a run. */
	lastReadMs = 0;
	private lastEndMs = Number.NEGATIVE_INFINITY;
	/** Runs whose poll under way is a guess: at most `MAX_GUESSES`, and those whose deadline has come. */
	private readonly guesses = new Set<OpenRun>();
	/** Runs that are to be polled once there are fewer guesses, first come, first served. */
	private readonly waiting = new Set<OpenRun>();

	/** Whether the run may be polled now; else it waits, to be taken later. */
	mayBegin(open: OpenRun): boolean {
		if (!isGuess(open) || this.guesses.size < MAX_GUESSES) return true;
		this.waiting.add(open);
		return false;
	}

	begin(open: OpenRun): void {
		this.underWay += 1;
		this.waiting.delete(open);
		if (isGuess(open)) this.guesses.add(open);
	}

	end(open: OpenRun, nowMs: number): void {
		this.underWay -= 1;
		this.lastEndMs = nowMs;
		this.guesses.delete(open);
	}

	/** The next one that waits, if it may be polled now. */
	takeWaiting(): OpenRun | undefined {
		if (this.guesses.size >= MAX_GUESSES) return undefined;
		const [first] = this.waiting;
		if (first !== undefined) this.waiting.delete(first);
		return first;
	}

	/** For a run whose wait is over. */
	forget(open: OpenRun): void {
		this.waiting.delete(open);
	}

	/** Whether runs are being read. */
	areUnderWay(nowMs: number): boolean {
		return this.underWay > 0 || nowMs < this.lastEndMs + BUSY_AFTER_MS;
	}

	/** Until when they hold up the list, as long as they get their turn. */
	holdListMs(): number {
		return this.underWay === 0 ? 0 : this.lastEndMs + SLOW_MS;
	}
}

function isGuess({ run, isListedFinal }: OpenRun): boolean {
	return run !== undefined && !isListedFinal;
}
