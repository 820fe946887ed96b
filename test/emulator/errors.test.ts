import { Extend, ExtendClient, ExtendError } from 'extend-ai';
import { configOf } from './index';
import { openStage, useStage } from './testing/stage';

describe('errors that the SDK has a class for', () => {
	const stage = useStage();

	it.each([
		[400, Extend.BadRequestError, 'INVALID_REQUEST', false],
		[401, Extend.UnauthorizedError, 'UNAUTHORIZED', false],
		[402, Extend.PaymentRequiredError, 'USAGE_BLOCKED', false],
		[403, Extend.ForbiddenError, 'FORBIDDEN', false],
		[404, Extend.NotFoundError, 'NOT_FOUND', false],
		[410, ExtendError, 'ENDPOINT_REMOVED', false],
		[422, Extend.UnprocessableEntityError, 'INVALID_REQUEST', false],
		[429, Extend.TooManyRequestsError, 'RATE_LIMIT_EXCEEDED', true],
		[500, Extend.InternalServerError, 'INTERNAL_ERROR', true],
		[503, ExtendError, 'INTERNAL_ERROR', true],
	])('can be had on demand: %i', async (status, type, code, retryable) => {
		stage().emulator.options.onRequest = () => ({ kind: 'status', status });
		const error = await stage().client.classifyRuns.list().then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
		expect(error).toBeInstanceOf(type);
		expect(error).toMatchObject({ statusCode: status, body: { code, retryable, message: expect.any(String) } });
	});

	it('carry the request ID in body and header, and a link', async () => {
		const { headers, body } = await stage().call('GET', '/classify_runs/clr_unknown');
		expect(body).toEqual({
			code: 'NOT_FOUND',
			message: 'Classify run not found.',
			retryable: false,
			requestId: headers.get('x-extend-request-id'),
			docUrl: expect.stringContaining('https://docs.extend.ai/'),
		});
	});

	it('can come wrapped', async () => {
		stage().emulator.options.errorShape = 'wrapped';
		const { body } = await stage().call('GET', '/classify_runs/clr_unknown');
		expect(body).toEqual({ error: expect.objectContaining({ code: 'NOT_FOUND', retryable: false }) });
	});
});

describe('every answer', () => {
	const stage = useStage();

	it.each([
		['GET', '/classifiers', 200],
		['GET', '/no_such_route', 404],
		['PUT', '/classifiers/cl_inbound_mail', 404],
		['GET', '/v1/classifiers', 404],
		['POST', '/classify_runs', 400],
	])('to %s %s (%i) has a request ID of its own', async (method, path, status) => {
		const answers = [await stage().call(method, path), await stage().call(method, path)];
		expect(answers.map((answer) => answer.status)).toEqual([status, status]);
		const [first, second] = answers.map(({ headers }) => headers.get('x-extend-request-id'));
		expect(first).toMatch(/^req_/);
		expect(first).not.toBe(second);
		expect(answers[0]?.headers.get('x-extend-api-version')).toBe('2026-02-09');
	});

	it('is recorded', async () => {
		await stage().call('GET', '/classifiers?maxPageSize=1', { headers: { 'x-extend-workspace-id': 'ws_1' } });
		await stage().call('POST', '/classify_runs', { json: { file: {} } });
		expect(stage().emulator.requests).toMatchObject([
			{
				method: 'GET',
				path: '/classifiers',
				query: { maxPageSize: '1' },
				headers: { 'x-extend-workspace-id': 'ws_1' },
				body: undefined,
				status: 200,
				bucket: 'get',
			},
			{ method: 'POST', path: '/classify_runs', body: { file: {} }, status: 400, bucket: 'run' },
		]);
	});

	it('is remembered only as far as the options say', async () => {
		stage().emulator.options.keepRequests = 2;
		for (const path of ['/classifiers', '/files', '/classify_runs']) await stage().call('GET', path);
		expect(stage().emulator.requests.map(({ path }) => path)).toEqual(['/files', '/classify_runs']);
	});
});

describe('the caller', () => {
	const stage = useStage({ organizationKeys: ['sk_org'], workspaceIds: ['ws_mine'] });
	const ask = async (headers: Record<string, string | undefined>) => {
		const { status, body } = await stage().call('GET', '/classifiers', { headers });
		return [status, status === 200 ? undefined : body];
	};
	const org = { authorization: 'Bearer sk_org' };

	it.each<[string, Record<string, string | undefined>, number]>([
		['the key', {}, 200],
		['no key', { authorization: undefined }, 401],
		['a wrong key', { authorization: 'Bearer sk_wrong' }, 401],
		['a key without Bearer', { authorization: 'sk_test_emulator' }, 401],
		['its workspace', { 'x-extend-workspace-id': 'ws_mine' }, 200],
		['another workspace', { 'x-extend-workspace-id': 'ws_other' }, 403],
		['an organization key alone', org, 400],
		['an organization key and its workspace', { ...org, 'x-extend-workspace-id': 'ws_mine' }, 200],
		['no API version', { 'x-extend-api-version': undefined }, 400],
		['a legacy API version', { 'x-extend-api-version': '2025-04-21' }, 400],
	])('with %s', async (_case, headers, status) => {
		expect(await ask(headers)).toEqual([status, status === 200 ? undefined : expect.anything()]);
	});

	it('may leave out the API version where the options say so', async () => {
		stage().emulator.options.requireApiVersion = false;
		expect(await ask({ 'x-extend-api-version': undefined })).toEqual([200, undefined]);
		expect((await ask({ 'x-extend-api-version': '2025-04-21' }))[0]).toBe(400);
	});

	it('gets a 401 for unknown routes too, without a key', async () => {
		const headers = { authorization: undefined };
		expect((await stage().call('GET', '/no_such_route', { headers })).status).toBe(401);
	});

	it('is told the accepted key', async () => {
		const { emulator } = await openStage({ apiKeys: ['sk_one', 'sk_two'] });
		expect(emulator.apiKey).toBe('sk_one');
		const client = new ExtendClient({ token: 'sk_two', baseUrl: emulator.url });
		expect((await client.classifiers.list()).object).toBe('list');
		await emulator.close();
	});
});

describe('a request body', () => {
	const stage = useStage();

	it.each([
		['broken JSON', '{"file":', 'application/json'],
		['no object', '[]', 'application/json'],
		['another type', 'file=x', 'application/x-www-form-urlencoded'],
		['nothing', '', 'application/json'],
	])('of %s is answered 400 in the usual shape', async (_case, json, type) => {
		const { status, body } = await stage().call('POST', '/classify_runs', { json, headers: { 'content-type': type } });
		expect(status).toBe(400);
		expect(body).toMatchObject({ code: 'INVALID_REQUEST', retryable: false, requestId: expect.any(String) });
	});

	it('may be missing on DELETE in spite of its content type', async () => {
		const { id } = await stage().client.classifyRuns.create({ config: configOf(), file: { text: 'x' } });
		const headers = { 'content-type': 'application/json' };
		expect((await stage().call('DELETE', `/classify_runs/${id}`, { headers })).status).toBe(200);
	});
});
