import type { Question } from '../question';
import { otherDeployments } from './account/otherDeployments';
import { workspaceHeader } from './account/workspaceHeader';
import { failedRun } from './batches/failedRun';
import { fileDetails } from './files/fileDetails';
import { lockedPdf } from './files/lockedPdf';
import { unsupportedType } from './files/unsupportedType';
import { pageSize } from './limits/pageSize';
import { priority } from './limits/priority';
import { refusal } from './limits/refusal';
import { throughput } from './limits/throughput';
import { uploadBucket } from './limits/uploadBucket';
import { uploadSize } from './limits/uploadSize';
import { baseProcessors } from './prices/baseProcessors';
import { badRequests } from './refusals/badRequests';
import { otherWorkspace } from './refusals/otherWorkspace';
import { shape } from './refusals/shape';
import { base64 } from './runs/base64';
import { cancelling } from './runs/cancelling';
import { deadLink } from './runs/deadLink';
import { echoedConfig } from './runs/echoedConfig';
import { firstStatus } from './runs/firstStatus';
import { otherCategory } from './runs/otherCategory';
import { pageRanges } from './runs/pageRanges';
import { unreviewed } from './runs/unreviewed';

/** The questions by topic, in the order in which they are asked: the cheap ones first. */
export const TOPICS: Record<string, Question[]> = {
	refusals: [badRequests, shape, otherWorkspace],
	account: [workspaceHeader, otherDeployments],
	runs: [firstStatus, unreviewed, echoedConfig, otherCategory, base64, deadLink, cancelling, pageRanges],
	files: [unsupportedType, lockedPdf, fileDetails],
	batches: [failedRun],
	prices: [baseProcessors],
	limits: [pageSize, priority, uploadSize, refusal, uploadBucket, throughput],
};

/** What only a person, or somebody with a public address, can find out; and why. */
export const NOT_ASKED: Array<[topic: string, question: string, why: string]> = [
	['webhooks', 'How often and when is a delivery repeated, from which addresses does it come, and is a new endpoint tried at once?', 'needs a public address that takes deliveries'],
	['webhooks', 'Does cancelling a run or reviewing it send an event?', 'needs a public address, and a person who reviews'],
	['webhooks', 'Is an event delivered twice to an endpoint that has it itself and by a subscription, and does a run with categories of its own reach a subscription?', 'needs a public address that takes deliveries'],
	['reviews', 'What do confidence and insights of a reviewed output hold, and does a review move updatedAt?', 'needs a person who reviews a run in the dashboard'],
	['refusals', 'Which status does the code for used-up credits come with?', 'needs an account without credits'],
	['runs', 'What does a synchronous start answer after five minutes, and does its run go on?', 'needs a document that takes longer than five minutes'],
	['runs', 'Do IDs of classifiers from former versions of the API still work?', 'needs a classifier from that time'],
	['retention', 'What does reading a run answer after its data were removed by the retention of the plan?', 'needs a plan with a short retention, and its time'],
];
