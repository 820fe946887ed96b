/** What the work emits, each value as soon as it is there; gives what it returns. @throws what the work throws, after all that it has emitted */
export async function* asTheyCome<T, Result>(work: (emit: (value: T) => void) => Promise<Result>): AsyncGenerator<T, Result, undefined> {
	const ready: T[] = [];
	let isDone = false;
	let wake = (): void => undefined;
	const emit = (value: T): void => {
		ready.push(value);
		wake();
	};
	const done = work(emit).finally(() => {
		isDone = true;
		wake();
	});
	// It is awaited below; until then nobody else must be told of what it throws.
	done.catch(() => undefined);
	while (ready.length > 0 || !isDone) {
		if (ready.length === 0) await new Promise<void>((resolve) => (wake = resolve));
		yield* ready.splice(0);
	}
	return await done;
}
