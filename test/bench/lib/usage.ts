/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- measures this process */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Usage } from '../protocol';

const SAMPLE_MS = 10;
const STATUS_FILE = '/proc/self/status';
const RESET_FILE = '/proc/self/clear_refs';
/** Makes Linux forget the highest memory use so far. @see https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html */
const RESET_PEAK = '5';

/** The highest memory use since it was reset, where the system keeps it. */
function keptPeakBytes(): number | undefined {
	try {
		const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(STATUS_FILE, 'utf8'))?.[1];
		return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
	} catch {
		return undefined; // Not Linux.
	}
}

function resetPeak(): boolean {
	try {
		writeFileSync(RESET_FILE, RESET_PEAK);
		return true;
	} catch {
		return false; // Not Linux, or not allowed: samples have to do.
	}
}

/** Starts measuring; the returned function ends it. */
export function measureUsage(): () => Usage {
	globalThis.gc?.();
	const isKept = resetPeak();
	const startBytes = process.memoryUsage.rss();
	const startCpu = process.cpuUsage();
	let sampledBytes = startBytes;
	const timer = setInterval(() => {
		sampledBytes = Math.max(sampledBytes, process.memoryUsage.rss());
	}, SAMPLE_MS);
	if (isKept) clearInterval(timer);
	return () => {
		clearInterval(timer);
		const { user, system } = process.cpuUsage(startCpu);
		const peakBytes = (isKept ? keptPeakBytes() : undefined) ?? sampledBytes;
		return { peakBytes: Math.max(0, peakBytes - startBytes), cpuMs: (user + system) / 1_000 };
	};
}
