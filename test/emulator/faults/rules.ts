import { createHash } from 'node:crypto';
import type { RequestRecord } from '../server/records';
import type { Fault } from './fault';
import { FAULT_KINDS, faultOf, type FaultKind } from './kinds';

/** Which requests meet which faults. */
export interface FaultRule {
	/** Any when unset. */
	method?: string;
	/** Matched against the path without its query; any when unset. */
	path?: RegExp;
	/** One of these, each as likely as the others. */
	kinds: readonly FaultKind[];
	/** Share of the matching requests, 0 to 1; all when unset. */
	rate?: number;
	/** How many requests at most; no bound when unset. */
	times?: number;
}

export interface DrawnFault {
	kind: FaultKind;
	fault: Fault;
}

/** Kinds that hold a client up for long, and so are rare among the faults of `everyFault`, by their share of them. */
const RARE: Array<{ kinds: FaultKind[]; share: number }> = [
	{ kinds: ['hang'], share: 0.01 },
	{ kinds: ['tooMany', 'tooManySeconds', 'tooManyDate'], share: 0.05 },
];

/** Rules by which this share of all requests meets a fault, of every kind there is. */
export function everyFault(share: number): FaultRule[] {
	const rare = RARE.flatMap(({ kinds }) => kinds);
	const common = FAULT_KINDS.filter((kind) => !rare.includes(kind));
	const rest = 1 - RARE.reduce((sum, each) => sum + each.share, 0);
	let left = 1;
	return [...RARE, { kinds: common, share: rest }].map((group) => {
		const part = share * group.share;
		const rate = part / left; // of what the rules before have left
		left -= part;
		return { kinds: group.kinds, rate };
	});
}

/**
 * Draws faults by rules. The n-th request for a method and path meets the same fault whenever rules and seed are the
 * same, whatever comes between.
 */
export class FaultDrawer {
	private readonly countByTarget = new Map<string, number>();
	private readonly strikesByRule = new WeakMap<FaultRule, number>();

	/** The fault that the first rule to strike has for the request; undefined where none does. */
	draw(rules: readonly FaultRule[], seed: number, { method, path, atMs }: RequestRecord): DrawnFault | undefined {
		const target = `${method} ${path}`;
		const count = this.countByTarget.get(target) ?? 0;
		this.countByTarget.set(target, count + 1);
		for (const [position, rule] of rules.entries()) {
			if (!matches(rule, method, path) || this.strikesOf(rule) >= (rule.times ?? Infinity)) continue;
			const [strike = 0, choice = 0, random = 0] = randomNumbers(`${seed} ${position} ${target} ${count}`);
			const kind = rule.kinds[Math.floor(choice * rule.kinds.length)];
			if (strike >= (rule.rate ?? 1) || kind === undefined) continue;
			this.strikesByRule.set(rule, this.strikesOf(rule) + 1);
			return { kind, fault: faultOf(kind, { random, nowMs: atMs }) };
		}
		return undefined;
	}

	private strikesOf(rule: FaultRule): number {
		return this.strikesByRule.get(rule) ?? 0;
	}
}

function matches(rule: FaultRule, method: string, path: string): boolean {
	return (rule.method === undefined || rule.method === method) && (rule.path === undefined || rule.path.test(path));
}

/** Numbers in [0, 1) that depend on the text alone. */
function randomNumbers(text: string): number[] {
	const bytes = createHash('sha256').update(text).digest();
	return [0, 4, 8].map((offset) => bytes.readUInt32BE(offset) / 2 ** 32);
}
