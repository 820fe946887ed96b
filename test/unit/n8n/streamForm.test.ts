import { StreamForm } from '../../../nodes/Extend/n8n/streamForm';

async function* open(): AsyncGenerator<Uint8Array> {
	yield await Promise.resolve(new Uint8Array([1, 2, 3]));
}

const upload = { fileName: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 3, open, fields: { password: 'open sesame' } };

describe('StreamForm', () => {
	it('passes for FormData when it is asked for its tag', () => {
		expect(Object.prototype.toString.call(new StreamForm(upload))).toBe('[object FormData]');
	});

	it('holds the fields before the file when both are there', () => {
		expect([...new StreamForm(upload).entries()]).toEqual([
			['password', 'open sesame'],
			['file', { name: 'a.pdf', type: 'application/pdf', size: 3, stream: open }],
		]);
	});

	it('holds the file alone when there are no fields', () => {
		expect([...new StreamForm({ ...upload, fields: {} })].map(([name]) => name)).toEqual(['file']);
	});

	it('gives the same parts when it is gone through twice', () => {
		const form = new StreamForm(upload);
		expect([...form]).toEqual([...form]);
	});

	it('marks itself as sent once only when n8n asks for headers', () => {
		expect(new StreamForm(upload).getHeaders()).toEqual({});
	});

	it('takes further parts when they are appended', () => {
		const form = new StreamForm({ ...upload, fields: {} });
		form.append('extra', 'value');
		expect([...form].at(-1)).toEqual(['extra', 'value']);
	});
});
