import { parentPort } from 'node:worker_threads';
import { extractText, getDocumentProxy } from 'unpdf';

parentPort.on('message', async ({ id, bytes, password }) => {
	try {
		const document = await getDocumentProxy(bytes, { password, verbosity: 0 });
		const { text } = await extractText(document, { mergePages: false });
		parentPort.postMessage({ id, pages: text });
	} catch (error) {
		parentPort.postMessage({ id, obstacle: error.name === 'PasswordException' ? 'password' : 'unreadable' });
	}
});
