import { Extend } from 'extend-ai';
import { configOf } from './index';
import { useStage } from './testing/stage';

const TEXT = 'INVOICE\nInvoice number: 417\nSupplier: Lindqvist Paper AB\nAmount due: 1,240.50 EUR';
const nullable = (type: string) => ({ type: [type, 'null'] });
const schema = {
	type: 'object',
	properties: {
		invoice_number: nullable('string'),
		supplier: nullable('string'),
		amount_due: nullable('number'),
		due_date: nullable('string'),
	},
};

describe('an extract run', () => {
	const stage = useStage();
	const upload = async (name = 'a.txt', text = TEXT) => (await stage().client.files.upload(new File([text], name), {})).id;
	const create = (id: string) => stage().client.extractRuns.create({ config: { schema }, file: { id } });
	const finish = async (id: string) => {
		const started = await create(id);
		stage().advance(10_000);
		return await stage().client.extractRuns.retrieve(started.id);
	};

	it('gives the fields of the schema once it has ended, null for those that are not there', async () => {
		const id = await upload();
		expect(await create(id)).toMatchObject({ object: 'extract_run', status: 'PENDING', output: null, usage: null });
		const run = await finish(id);
		const value = { invoice_number: '417', supplier: 'Lindqvist Paper AB', amount_due: 1240.5, due_date: null };
		expect(run).toMatchObject({ status: 'PROCESSED', output: { value, metadata: {} }, file: { id } });
	});

	it('costs the reading of the file only where nothing has read it before', async () => {
		expect((await finish(await upload())).usage).toMatchObject({ credits: 3, totalCredits: 5 });
		const id = await upload();
		await stage().client.classifyRuns.create({ config: configOf('invoice'), file: { id } });
		expect((await finish(id)).usage).toMatchObject({ credits: 3, totalCredits: 3 });
	});

	it('fails on a file that cannot be read', async () => {
		expect(await finish(await upload('a.pdf'))).toMatchObject({ status: 'FAILED', failureReason: 'FAILED_TO_PROCESS_FILE', output: null });
	});

	it('is refused for a file or a run that is not there, and without a schema', async () => {
		await expect(create('file_nobody')).rejects.toBeInstanceOf(Extend.NotFoundError);
		await expect(stage().client.extractRuns.retrieve('exr_nobody')).rejects.toBeInstanceOf(Extend.NotFoundError);
		const refused = stage().client.extractRuns.create({ config: {}, file: { id: await upload() } });
		await expect(refused).rejects.toBeInstanceOf(Extend.BadRequestError);
	});

	it('counts as a start', async () => {
		await create(await upload());
		expect(stage().emulator.requests.at(-1)).toMatchObject({ path: '/extract_runs', bucket: 'run' });
	});
});
