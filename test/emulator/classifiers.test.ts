import { Extend } from 'extend-ai';
import { configOf, seedClassifiers } from './index';
import { openStage, useStage } from './testing/stage';

describe('classifiers', () => {
	const stage = useStage();
	const api = () => stage().client.classifiers;

	it('are enough to turn pages, best known first', async () => {
		const { data, nextPageToken } = await api().list();
		expect(data.map(({ name }) => name).slice(0, 3)).toEqual(['Inbound mail', 'Freight documents', 'Claims intake']);
		expect(data).toHaveLength(10);
		expect(nextPageToken).toEqual(expect.any(String));
		expect((await api().list({ maxPageSize: 1_000 })).data).toHaveLength(seedClassifiers.length);
		expect(seedClassifiers.length).toBeGreaterThanOrEqual(30);
	});

	it('are listed as summaries and read with their draft', async () => {
		const [summary] = (await api().list()).data;
		expect(summary).toEqual({
			object: 'classifier',
			id: 'cl_inbound_mail',
			name: 'Inbound mail',
			createdAt: expect.any(String),
			updatedAt: expect.any(String),
		});
		const { draftVersion, ...rest } = await api().retrieve('cl_inbound_mail');
		expect(rest).toEqual(summary);
		expect(draftVersion).toMatchObject({ version: 'draft', classifierId: 'cl_inbound_mail', createdBy: null });
		expect(draftVersion.config.classifications.map(({ id }) => id)).toContain('customs_form');
	});

	it('are created, cloned and renamed', async () => {
		const made = await api().create({ name: 'Returns', config: configOf('letter') });
		const clone = await api().create({ name: 'Returns 2', cloneClassifierId: made.id });
		expect(clone.draftVersion.config).toEqual(made.draftVersion.config);
		expect(clone.id).not.toBe(made.id);
		stage().advance(5);
		const renamed = await api().update(made.id, { name: 'Returned goods' });
		expect(renamed).toMatchObject({ id: made.id, name: 'Returned goods', draftVersion: made.draftVersion });
		expect(renamed.updatedAt > made.updatedAt).toBe(true);
	});

	it('refuse a configuration beside the classifier to clone', async () => {
		const both = api().create({ name: 'x', config: configOf(), cloneClassifierId: 'cl_inbound_mail' });
		await expect(both).rejects.toBeInstanceOf(Extend.BadRequestError);
	});

	it('are not found under an unknown ID', async () => {
		await expect(api().retrieve('cl_unknown')).rejects.toMatchObject({
			statusCode: 404,
			body: { code: 'NOT_FOUND', message: 'Classifier not found.' },
		});
	});

	it('can be replaced by those of the options', async () => {
		const own = { id: 'cl_own', name: 'Own', draft: configOf('letter'), published: [] };
		const { client, emulator } = await openStage({ classifiers: [own] });
		expect((await client.classifiers.list()).data.map(({ id }) => id)).toEqual(['cl_own']);
		await emulator.close();
	});
});

describe('classifier versions', () => {
	const stage = useStage();
	const api = () => stage().client.classifierVersions;
	const ID = 'cl_inbound_mail';

	it.each([
		['desc', ['draft', '2.0', '1.0']],
		['asc', ['draft', '1.0', '2.0']],
	])('are listed %s with the draft first, without configuration', async (sortDir, versions) => {
		const { data } = await api().list(ID, { sortDir });
		expect(data.map(({ version }) => version)).toEqual(versions);
		expect(data[0]).not.toHaveProperty('config');
	});

	it.each([
		['draft', 'draft'],
		['latest', '2.0'],
		['1.0', '1.0'],
		['clv_inbound_mail_1_0', '1.0'],
	])('are read as %s', async (wanted, version) => {
		const found = await api().retrieve(ID, wanted);
		expect(found).toMatchObject({ object: 'classifier_version', version, classifierId: ID });
		expect(found.config.classifications.length).toBeGreaterThan(1);
	});

	it('are the draft as latest when nothing is published', async () => {
		expect((await api().retrieve('cl_claims_intake', 'latest')).version).toBe('draft');
	});

	it('are not found under an unknown number', async () => {
		await expect(api().retrieve(ID, '9.9')).rejects.toBeInstanceOf(Extend.NotFoundError);
	});

	it.each([
		['cl_inbound_mail', 'major', '3.0'],
		['cl_inbound_mail', 'minor', '2.1'],
		['cl_claims_intake', 'major', '1.0'],
		['cl_claims_intake', 'minor', '0.1'],
	])('of %s published as %s get the number %s', async (id, releaseType, version) => {
		const published = await api().create(id, { releaseType, description: 'For the audit' });
		expect(published).toMatchObject({ version, description: 'For the audit', createdBy: { type: 'api_key' } });
		expect((await api().retrieve(id, 'latest')).id).toBe(published.id);
	});

	it('start at .0 again with a major release', async () => {
		await api().create(ID, { releaseType: 'minor' });
		expect((await api().create(ID, { releaseType: 'major' })).version).toBe('3.0');
	});

	it('stay as they were when the draft changes', async () => {
		const published = await api().create(ID, { releaseType: 'major' });
		await stage().client.classifiers.update(ID, { config: configOf('letter') });
		expect((await api().retrieve(ID, 'latest')).config).toEqual(published.config);
		expect((await api().retrieve(ID, 'draft')).config.classifications[0]?.id).toBe('letter');
	});
});
