/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- names this computer */
import { cpus, totalmem } from 'node:os';
import { CONTEST_TITLES } from './cases/contest';
import { PACKAGE_TITLES } from './cases/package';
import type { Section } from './cases/types';
import { UPLOAD_TITLES } from './cases/uploads';
import { table } from './lib/format';
import type { Finished } from './lib/pool';

export interface Circumstances {
	seed: number;
	nodeVersion: string;
	n8nVersion: string;
}

const HEADINGS: Record<Section, { title: string; columns: string[] }> = {
	clients: { title: 'Clients side by side', columns: CONTEST_TITLES },
	special: { title: 'Special cases', columns: CONTEST_TITLES },
	uploads: { title: 'Uploads', columns: UPLOAD_TITLES },
	package: { title: 'Package', columns: PACKAGE_TITLES },
};
const GIGABYTE = 1_024 ** 3;

/** Everything that was measured, as Markdown. */
export function describeAll(finished: readonly Finished[], { seed, nodeVersion, n8nVersion }: Circumstances): string {
	const processors = cpus();
	const computer = `${processors.length} cores (${processors[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / GIGABYTE)} GB memory, ${process.platform}`;
	const date = new Date().toISOString().slice(0, 10);
	const sections = (Object.keys(HEADINGS) as Section[]).map((section) => describeSection(section, finished));
	return [
		`Measured on ${date}: ${computer}, Node ${nodeVersion}, n8n ${n8nVersion}, seed ${seed}.`,
		describeChecks(finished),
		...sections,
	].filter((text) => text !== '').join('\n\n');
}

function describeChecks(finished: readonly Finished[]): string {
	const checks = finished.flatMap(({ outcome }) => outcome.checks);
	if (checks.length === 0) return '';
	const rows = checks.map(({ subject, target, measured, isMet }) => [subject, target, measured, isMet ? 'met' : '**not met**']);
	const hardships = checks.flatMap(({ subject, target, isMet, hardship }) => (isMet || hardship === undefined ? [] : [`- ${subject}, ${target}: ${hardship}`]));
	return [`## Targets\n\n${table(['Case', 'Target', 'Measured', ''], rows)}`, hardships.join('\n')].filter((text) => text !== '').join('\n\n');
}

function describeSection(section: Section, finished: readonly Finished[]): string {
	const ofSection = finished.filter(({ done }) => done.section === section);
	if (ofSection.length === 0) return '';
	const { title, columns } = HEADINGS[section];
	const notes = [...new Set(ofSection.flatMap(({ outcome }) => outcome.notes ?? []))].map((note) => `- ${note}`);
	const rows = ofSection.flatMap(({ outcome }) => outcome.rows);
	return [`## ${title}`, table(columns, rows), notes.join('\n')].filter((text) => text !== '').join('\n\n');
}
