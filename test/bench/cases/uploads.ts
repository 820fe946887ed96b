/* eslint-disable @n8n/community-nodes/no-restricted-imports -- makes folders for n8n */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Child, runChild } from '../lib/child';
import { fixed, megabytes } from '../lib/format';
import type { Prepared } from '../lib/prepare';
import type { Received, Server, StoredFile, Uploader, UploadJob, UploadReport } from '../protocol';
import { atMost } from './contest';
import type { Case, Check, Outcome } from './types';

export const UPLOAD_TITLES = ['File', 'Client', 'Peak memory over the start', 'Throughput', '÷ bare pipe', 'Arrived whole'];

const BOUND_MS = 180_000;
const MEGABYTE = 1_024 * 1_024;
const LARGEST_MB = 2_048;
/** What 2 GB is compared with. */
const REFERENCE_MB = 512;
/** Clients that hold the whole file in memory are not tried with more. */
const MOST_IN_MEMORY_MB = 512;
const UPLOADERS: Record<Uploader, string> = {
	pipe: 'bare Node pipe',
	node: 'Extend Classify',
	httpRequest: 'HTTP Request',
	sdk: 'SDK, file in a Blob',
};

const HARDSHIPS = {
	memory: 'The peak depends on when the garbage collector runs and differs by 10 to 20 MB from one upload to the next, whatever the size.',
	throughput: 'Pieces of the file lie outside the heap, and each 40 MB of them make the garbage collector go through the whole heap: 60 MB in n8n, next to nothing in the pipe.',
};

interface Upload extends UploadReport, Received {}

interface Measurement {
	sizeMb: number;
	/** Of the bare pipe and of our node. */
	repeats: number;
}

interface Sized {
	sizeMb: number;
	uploads: Partial<Record<Uploader, Upload>>;
	file: StoredFile;
}

/** Uploads of files in n8n's filesystem storage, each from a process of its own. */
export function uploadCase(sizesMb: readonly number[], repeats: number): Case {
	return {
		id: 'uploads',
		section: 'uploads',
		isHeavy: true,
		expectedMs: BOUND_MS,
		failedRow: (reason) => [reason, ...UPLOAD_TITLES.slice(1).map(() => '–')],
		run: async ({ place }) => {
			const measured: Sized[] = [];
			for (const sizeMb of sizesMb) measured.push(await measureSize({ sizeMb, repeats }, place));
			return outcomeOf(measured);
		},
	};
}

async function measureSize({ sizeMb, repeats }: Measurement, place: Prepared): Promise<Sized> {
	const userFolder = join(place.workDir, `files-${sizeMb}`);
	mkdirSync(userFolder);
	const options = { boundMs: BOUND_MS, userFolder };
	const sink = new Child('sink', place, { boundMs: BOUND_MS });
	try {
		const server = await sink.ask<Server>('start');
		const file = await runChild<StoredFile>('store', { installation: place, sizeBytes: sizeMb * MEGABYTE }, place, options);
		const upload = async (uploader: Uploader): Promise<Upload> => {
			const job: UploadJob = { ...server, uploader, installation: place, file };
			const report = await runChild<UploadReport>('upload', job, place, options);
			const received = (await sink.ask<Received[]>('log')).at(-1);
			return { sizeBytes: 0, checksum: 0, tookMs: Number.NaN, ...received, ...report };
		};
		return { sizeMb, file, uploads: await uploadAll({ sizeMb, repeats }, upload) };
	} finally {
		await sink.stop();
		rmSync(userFolder, { recursive: true, force: true });
	}
}

/** Takes turns, so that other work on the computer falls on all clients alike. */
async function uploadAll({ sizeMb, repeats }: Measurement, upload: (uploader: Uploader) => Promise<Upload>): Promise<Sized['uploads']> {
	const done: Record<Uploader, Upload[]> = { pipe: [], node: [], httpRequest: [], sdk: [] };
	for (let repeat = 0; repeat < repeats; repeat++) {
		for (const uploader of ['pipe', 'node'] as const) done[uploader].push(await upload(uploader));
	}
	for (const uploader of sizeMb > MOST_IN_MEMORY_MB ? [] : (['httpRequest', 'sdk'] as const)) done[uploader].push(await upload(uploader));
	const { pipe, node, httpRequest, sdk } = done;
	return { pipe: medianOf(pipe), node: medianOf(node), httpRequest: medianOf(httpRequest), sdk: medianOf(sdk) };
}

/** The upload of median duration, with the median of the memory that all took. */
function medianOf(uploads: readonly Upload[]): Upload | undefined {
	const middle = Math.floor(uploads.length / 2);
	const byTime = [...uploads].sort((one, other) => one.tookMs - other.tookMs);
	const peaks = uploads.map(({ peakBytes }) => peakBytes).sort((one, other) => one - other);
	const median = byTime[middle];
	return median === undefined ? undefined : { ...median, peakBytes: peaks[middle] ?? median.peakBytes };
}

function outcomeOf(measured: readonly Sized[]): Outcome {
	const rows = measured.flatMap((sized) => (['node', 'pipe', 'httpRequest', 'sdk'] as const).flatMap((uploader) => rowsOf(sized, uploader)));
	const uploads = measured.flatMap(({ uploads: { pipe, node, httpRequest, sdk } }) => [pipe, node, httpRequest, sdk]);
	const notes = uploads.flatMap((upload) => upload?.messages ?? []);
	return { rows, checks: [...measured.flatMap(wholeness), ...largestChecks(measured)], notes };
}

function rowsOf(sized: Sized, uploader: Uploader): string[][] {
	const upload = sized.uploads[uploader];
	if (upload === undefined) return [];
	const share = shareOfPipe(sized, upload);
	const speed = `${fixed((sized.sizeMb * 1_000) / upload.tookMs, 0)} MB/s`;
	return [[`${sized.sizeMb} MB`, UPLOADERS[uploader], megabytes(upload.peakBytes), speed, fixed(share, 2), isWhole(sized, upload) ? 'yes' : 'no']];
}

function shareOfPipe({ uploads }: Sized, { tookMs }: Upload): number {
	return (uploads.pipe?.tookMs ?? Number.NaN) / tookMs;
}

function isWhole({ file }: Sized, { sizeBytes, checksum }: Upload): boolean {
	return sizeBytes === file.sizeBytes && checksum === file.checksum;
}

function wholeness(sized: Sized): Check[] {
	const { node } = sized.uploads;
	const isMet = node !== undefined && isWhole(sized, node);
	return [{ subject: `${sized.sizeMb} MB upload`, target: 'length and checksum arrive', measured: isMet ? 'yes' : 'no', isMet }];
}

function largestChecks(measured: readonly Sized[]): Check[] {
	const largest = measured.find(({ sizeMb }) => sizeMb === LARGEST_MB);
	const node = largest?.uploads.node;
	if (largest === undefined || node === undefined) return [];
	const reference = measured.find(({ sizeMb }) => sizeMb === REFERENCE_MB)?.uploads.node?.peakBytes ?? Number.NaN;
	const subject = '2 GB upload, median of three';
	const share = shareOfPipe(largest, node);
	return [
		atMost(subject, 'memory over the start', [node.peakBytes, 200 * MEGABYTE], megabytes),
		{ ...atMost(subject, 'memory, 1.1 × that of 512 MB', [node.peakBytes, 1.1 * reference], megabytes), hardship: HARDSHIPS.memory },
		{ subject, target: 'throughput ≥ 0.7 × the bare pipe', measured: fixed(share, 2), isMet: share >= 0.7, hardship: HARDSHIPS.throughput },
	];
}
