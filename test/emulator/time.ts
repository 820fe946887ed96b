/** A moment as Extend writes it: RFC 3339, UTC. */
export function isoTime(atMs: number): string {
	return new Date(atMs).toISOString();
}
