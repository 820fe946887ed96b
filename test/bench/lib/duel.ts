import type { ClientJob, ClientName, ClientReport, Server, ServerLog, StandInJob } from '../protocol';
import { Child, runChild, type Place } from './child';

export interface Contest extends StandInJob {
	client: ClientName;
	/** 0 for clients that start nothing. */
	documents: number;
	boundMs: number;
}

export interface Encounter {
	report: ClientReport;
	log: ServerLog;
}

/** Extend may list and finish what a client gave up on; the log is read when that is over. */
const LOG_WITHIN_MS = 60_000;

/** Lets a client work against a stand-in of its own, each in its own process. @throws Error when it takes too long */
export async function meet(contest: Contest, place: Place): Promise<Encounter> {
	const { client, documents, isLimited, boundMs } = contest;
	const standIn = new Child('standIn', place, { boundMs: LOG_WITHIN_MS });
	try {
		const server = await standIn.ask<Server>(contest);
		const { finishedIds } = await standIn.ask<ServerLog>('log');
		const job: ClientJob = { ...server, client, documents, isLimited, installation: place, runIds: finishedIds };
		const report = await runChild<ClientReport>('client', job, place, { boundMs });
		return { report, log: await standIn.ask<ServerLog>('log') };
	} finally {
		await standIn.stop();
	}
}
