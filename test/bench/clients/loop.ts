import type { IDataObject } from 'n8n-workflow';
import { Engine, messagesOf, nodeOf, outputOf, PASS_ON, type Flow } from '../engine/engine';
import { CLASSIFIER_ID, type ClientJob } from '../protocol';
import { textOf } from '../workload';
import type { Work } from './types';

const WAIT_SECONDS = 2;
/** n8n's way to heed a limit of 10 requests a second: two batches may fall into one second, so each is half of it. */
const BATCHES = { batching: { batch: { batchSize: 5, batchInterval: 1_000 } } };
const IS_OPEN = '={{ ["PENDING", "PROCESSING", "CANCELLING"].includes($json.status) }}';

/** Start, wait, look, and back to the wait with every run that is still open: how it is built from n8n's own nodes. */
function loopFlow({ url, isLimited }: ClientJob): Flow {
	const http = (parameters: IDataObject): IDataObject => ({
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'extendApi',
		options: isLimited ? BATCHES : {},
		...parameters,
	});
	const body = `={{ JSON.stringify({ classifier: { id: '${CLASSIFIER_ID}' }, file: { text: $json.text } }) }}`;
	const start = http({ method: 'POST', url: `${url}/classify_runs`, sendBody: true, specifyBody: 'json', jsonBody: body });
	const look = http({ url: `=${url}/classify_runs/{{ $json.id }}` });
	const condition = { id: 'open', leftValue: IS_OPEN, rightValue: '', operator: { type: 'boolean', operation: 'true', singleValue: true } };
	const options = { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 };
	return {
		nodes: [
			nodeOf('Before', PASS_ON),
			nodeOf('Start', 'n8n-nodes-base.httpRequest', start, 4.2),
			nodeOf('Wait', 'n8n-nodes-base.wait', { resume: 'timeInterval', amount: WAIT_SECONDS, unit: 'seconds' }, 1.1),
			nodeOf('Look', 'n8n-nodes-base.httpRequest', look, 4.2),
			nodeOf('Still Open', 'n8n-nodes-base.if', { conditions: { options, combinator: 'and', conditions: [condition] } }, 2.2),
			nodeOf('Done', PASS_ON),
		],
		connections: { Before: [['Start']], Start: [['Wait']], Wait: [['Look']], Look: [['Still Open']], 'Still Open': [['Wait'], ['Done']] },
	};
}

/** The loop that n8n's users build without a node for Extend. */
export function prepareLoop(job: ClientJob): Work {
	const engine = new Engine(job.installation, job);
	const items = Array.from({ length: job.documents }, (_, document) => ({ json: { text: textOf(document) } }));
	return async () => {
		const run = await engine.run(loopFlow(job), items);
		return { outcomes: outputOf(run, 'Done').map(({ json }) => json), messages: messagesOf(run) };
	};
}
