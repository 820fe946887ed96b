import { LIGHT_CONFIG, nobodys } from '../../lab/config';
import { describeAnswer } from '../../lab/read';
import { free, type Question } from '../../question';

const headers = { 'x-extend-workspace-id': undefined };

export const workspaceHeader: Question = {
	name: 'workspaceHeader',
	asks: 'With a key of a whole organization, do starts and batches need the workspace ID as reads do?',
	maxCredits: free,
	obstacle: ({ http }) =>
		http.connection.workspaceId === undefined ? 'needs the key of a whole organization, and EXTEND_WORKSPACE_ID' : undefined,
	async ask(lab) {
		// There is no such file and no such classifier, so nothing can be paid for.
		const file = { id: nobodys('file') };
		const start = await lab.start({ config: LIGHT_CONFIG, file }, 0, { headers });
		const batch = await lab.startBatch({ classifier: { id: nobodys('cl') }, inputs: [{ file }] }, 0, { headers });
		const read = await lab.http.send('GET', '/classifiers', { headers, query: { maxPageSize: '1' } });
		return {
			facts: {
				'a read without the workspace ID': describeAnswer(read),
				'a start without the workspace ID': describeAnswer(start),
				'a batch without the workspace ID': describeAnswer(batch),
			},
		};
	},
};
