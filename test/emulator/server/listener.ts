import type { FastifyInstance } from 'fastify';
import type { Timers } from '../timers';

/** Lets nobody listen for a while; connections that exist go on. */
export class Listener {
	constructor(
		private readonly server: FastifyInstance['server'],
		private readonly timers: Timers,
	) {}

	/** New connections are refused for so long; does nothing while they already are. */
	refuseFor(ms: number): void {
		const address = this.server.address();
		if (address === null || typeof address === 'string') return;
		const { port, address: host } = address;
		this.server.close();
		this.timers.after(ms, () => this.server.listen(port, host));
	}
}
