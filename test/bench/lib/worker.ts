/* eslint-disable @n8n/community-nodes/no-restricted-globals -- talks to the process that started this one */

/** What a worker answers: the value, or why there is none. */
export type Answer = { value: unknown } | { reason: string };

/** Answers every message from the parent process, each with what `work` makes of it; ends with the parent. */
export function answerParent<Job>(work: (job: Job) => Promise<unknown>): void {
	process.on('disconnect', () => process.exit());
	process.on('message', (message) => {
		// Both sides are compiled together, so a message is what the parent's types say.
		void answer(work, message as Job).then((given) => process.send?.(given));
	});
}

async function answer<Job>(work: (job: Job) => Promise<unknown>, job: Job): Promise<Answer> {
	try {
		return { value: await work(job) };
	} catch (caught) {
		return { reason: caught instanceof Error ? (caught.stack ?? caught.message) : String(caught) };
	}
}
