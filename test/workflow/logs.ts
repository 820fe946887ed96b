/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reaches the services that n8n itself uses */
/** A call of n8n's logger, at whatever level. */
export interface LogCall {
	level: string;
	args: unknown[];
}

const LEVELS = ['error', 'warn', 'info', 'debug', 'verbose'] as const;

let calls: LogCall[] | undefined;

/**
 * Everything that was written to n8n's log from the first call of this function on, at all levels: whichever level an
 * n8n is set to, its log holds no more than this.
 */
export function logCalls(): LogCall[] {
	calls ??= record();
	return calls;
}

/** n8n-core's own copies of container and logger: others would not be the ones that nodes get. */
function record(): LogCall[] {
	const fromCore = { paths: [require.resolve('n8n-core')] };
	const { Container } = jest.requireActual(require.resolve('@n8n/di', fromCore));
	const { Logger } = jest.requireActual(require.resolve('@n8n/backend-common', fromCore));
	const logger: object = Container.get(Logger);
	const recorded: LogCall[] = [];
	for (const level of LEVELS) {
		const value = (...args: unknown[]): void => void recorded.push({ level, args });
		Object.defineProperty(logger, level, { value, configurable: true });
	}
	return recorded;
}
