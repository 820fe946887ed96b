import FormData from 'form-data';
import { useStage } from './testing/stage';

interface Answer {
	status: number;
	body: unknown;
}

const NAMES = ['plain.txt', 'Übersicht – 文書.txt', 'two words.txt', "it's.txt"];

describe('an upload by another client than the SDK', () => {
	const stage = useStage();
	const post = async (form: FormData): Promise<Answer> => {
		const { url, apiKey } = stage().emulator;
		const headers = {
			...form.getHeaders(),
			authorization: `Bearer ${apiKey}`,
			'x-extend-api-version': '2026-02-09',
		};
		const answer = await fetch(`${url}/files/upload`, { method: 'POST', headers, body: form.getBuffer() });
		return { status: answer.status, body: await answer.json() };
	};
	const formWith = (parts: Record<string, string>, filename: string | undefined, data = 'Invoice'): FormData => {
		const form = new FormData();
		for (const [name, value] of Object.entries(parts)) form.append(name, value);
		form.append('file', Buffer.from(data), filename === undefined ? undefined : { filename });
		return form;
	};

	it.each(NAMES)('keeps the file name %s', async (name) => {
		expect(await post(formWith({}, name))).toMatchObject({ status: 200, body: { name, type: 'TXT' } });
	});

	it('is recorded with its fields, name and bytes', async () => {
		await post(formWith({ password: 'opensesame' }, 'a.txt', 'Grüße'));
		expect(stage().emulator.requests).toEqual([
			expect.objectContaining({
				method: 'POST',
				path: '/files/upload',
				status: 200,
				bucket: 'write',
				body: { fields: { password: 'opensesame' }, fileName: 'a.txt', bytes: Buffer.from('Grüße') },
			}),
		]);
	});

	it('takes bytes that look like a boundary', async () => {
		const data = '\r\n----------------------------\r\n--\0\xff';
		const { body } = await post(formWith({}, 'a.txt', data));
		const [file] = stage().emulator.store.files.values();
		expect(file?.bytes.toString()).toBe(data);
		expect(body).toMatchObject({ id: file?.id });
	});

	it.each([
		['an empty file', () => formWith({}, 'a.txt', '')],
		['a file without name', () => formWith({}, undefined)],
		['an unknown part', () => formWith({ convertToPdf: 'true' }, 'a.txt')],
		['no file', () => {
			const form = new FormData();
			form.append('password', 'x');
			return form;
		}],
		['a file in another part', () => {
			const form = new FormData();
			form.append('document', Buffer.from('x'), { filename: 'a.txt' });
			return form;
		}],
	])('is refused with %s', async (_case, makeForm) => {
		expect(await post(makeForm())).toMatchObject({
			status: 400,
			body: { code: 'INVALID_REQUEST', retryable: false },
		});
		expect(stage().emulator.store.files.size).toBe(0);
	});

	it('is refused as JSON', async () => {
		const json = { file: 'Invoice' };
		expect((await stage().call('POST', '/files/upload', { json })).status).toBe(400);
	});
});
