import { readItemContent } from '../../../nodes/Extend/n8n/itemContent';
import { thrownBy } from '../support/faults';

async function bytesOf(data: string): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of readItemContent(data, 'data').open()) pieces.push(piece);
	return Buffer.concat(pieces);
}

describe('readItemContent', () => {
	it.each(['', 'a', 'ab', 'abc', 'abcd', 'große Rechnung', 'x'.repeat(300_000)])('gives the bytes and how many they are', async (text) => {
		const bytes = Buffer.from(text);
		for (const data of [bytes.toString('base64'), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')]) {
			expect(readItemContent(data, 'data').sizeBytes).toBe(bytes.length);
			expect(await bytesOf(data)).toEqual(bytes);
		}
	});

	it('reads the lines in which mails send base64', async () => {
		const text = 'A line of a mail has seventy-six characters at most, so this one is broken into two.';
		const lines = Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
		expect((await bytesOf(`\n ${lines} \r\n`)).toString()).toBe(text);
	});

	it.each<[string, unknown, RegExp]>([
		['a data URI', 'data:application/pdf;base64,JVBERi0x', /data URI/],
		['a data URI in capitals', 'DATA:text/plain,hello', /data URI/],
		['n8n\'s mark of files on disk', 'filesystem-v2', /mark for a stored file \("filesystem-v2"\)/],
		['the mark of older versions', 'filesystem', /mark for a stored file/],
		['the mark of S3', 's3', /mark for a stored file/],
		['the mark of a database', 'database', /mark for a stored file/],
		['the ID of a stored file', 'filesystem-v2:workflows/1/executions/2/binary_data/x', /not base64/],
		['an address', 'https://files.example.com/a.pdf', /not base64/],
		['JSON', '{"type":"Buffer","data":[1,2]}', /not base64/],
		['words', 'Dear Sir or Madam', /not base64/],
		['base64 whose plus signs a web form has turned into blanks', 'JVBE Ri0x', /not base64/],
		['a length that no base64 has', 'JVBER', /not base64/],
		['signs behind the end', 'JVBERg==JVBERg==', /not base64/],
		['too many signs at the end', 'JVBERi0x====', /not base64/],
		['other letters', 'großbuch', /not base64/],
		['nothing', undefined, /no content/],
		['null', null, /no content/],
		['a number', 4711, /no content/],
		['a list of bytes', [37, 80, 68, 70], /no content/],
		['a buffer that was made JSON', { type: 'Buffer', data: [37] }, /no content/],
	])('says that the field holds no file when it holds %s', (_, data, why) => {
		const error = thrownBy(() => readItemContent(data, 'scan'));
		expect(error.message).toMatch(/^The field "scan" holds no file: /);
		expect(error.message).toMatch(why);
		expect(error.advice).toMatch(/\.$/);
		expect(error.facts).toEqual({ code: 'INVALID_INPUT', retryable: false });
	});

	it.each(['\n', ' ', '=', 'A', 'A\n'])('reads a megabyte of %j', (part) => {
		const data = part.repeat(500_000);
		const read = (): unknown => readItemContent(data, 'data').sizeBytes;
		if (part === '=') expect(thrownBy(read).message).toContain('not base64');
		else expect(read()).toEqual(expect.any(Number));
	});
});
