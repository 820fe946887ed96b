import fc from 'fast-check';
import { readBaseUrl } from '../../../../nodes/Extend/api/deployment';
import type { JsonObject } from '../../../../nodes/Extend/api/json';
import { pathTo } from '../../../../nodes/Extend/api/requests';
import { readCategories } from '../../../../nodes/Extend/documents/categories';
import { completeFileName } from '../../../../nodes/Extend/documents/fileNames';
import { extensionOf } from '../../../../nodes/Extend/documents/fileTypes';
import { parsePageRanges } from '../../../../nodes/Extend/documents/pageRanges';
import { parseFileTypes, reasonToSkip } from '../../../../nodes/Extend/documents/selection';
import { readTarget } from '../../../../nodes/Extend/parameters/classifier';
import { readFileInput } from '../../../../nodes/Extend/parameters/document';
import { readStartOptions } from '../../../../nodes/Extend/parameters/startOptions';
import { objectIn } from '../../../../nodes/Extend/parameters/values';
import { buildMetadata, parseUsageTags } from '../../../../nodes/Extend/starting/metadata';
import { fakeRead } from '../../support/fakeRead';
import { CANARY, hostileJson, hostileText } from './hostile';
import { parser } from './parser';

const BASE_URL = 'https://api.extend.ai';
const METADATA = { name: 'metadata', displayName: 'Metadata' };
const NO_OPTIONS = readStartOptions(fakeRead({}));

const fileName = hostileText('invoice', '.pdf', '.PDF', '.tar.gz', '.', '/', '\\', '.5', 'a', ' ');
const mimeType = hostileText('application/pdf', 'text/plain', ';', 'charset=', '/', 'image/');

function sizeOf(metadata: JsonObject): number {
	return Buffer.byteLength(JSON.stringify(metadata));
}

export const PARAMETER_PARSERS = [
	parser({
		name: 'metadata',
		share: 70,
		given: fc.tuple(hostileJson(['extend:usage_tags', 'source', 'n8n:start', 'n8n:position', 'n8n:other', 'customer'], ['a', 'b']), fc.array(hostileText(), { maxLength: 2 })),
		parse: ([text, tags]) => buildMetadata(objectIn({ metadata: text }, METADATA) ?? {}, tags, { startKey: 'run:0', position: '0.0' }),
		breaks: (metadata) => (metadata['n8n:start'] === 'run:0' && sizeOf(metadata) <= 10_240 ? undefined : 'lost the start key, or let too much pass'),
	}),
	parser({ name: 'usage tags', share: 20, given: hostileText('a', ',', '_', '-', ' '), parse: parseUsageTags, breaks: (tags) => (tags.every((tag) => /^[\w-]+$/.test(tag)) ? undefined : 'let a tag pass that Extend would change') }),
	parser({
		name: 'page ranges',
		share: 60,
		given: hostileText('1', '8', '0', '-', ',', ' ', '1-3', '9007199254740993', '２'),
		parse: parsePageRanges,
		breaks: (ranges) => (ranges.every(({ start, end }) => start >= 1 && end >= start && Number.isSafeInteger(end)) ? undefined : 'gave a range that is none'),
	}),
	parser({
		name: 'IDs',
		share: 60,
		given: hostileText('clr_1', '..', '.', '/', '%2e', '\\', '?', '#', '@', '//host'),
		parse: (id) => pathTo('/classify_runs', id),
		breaks: (path) => (/^\/classify_runs\/[^/]*$/.test(new URL(`${BASE_URL}${path}`).pathname) ? undefined : `leads to ${path}`),
	}),
	parser({
		name: 'links to documents',
		share: 30,
		given: hostileText('https://', 'http://', 'example.com', '/a.pdf', ':', '@', '[', ']', 'file:///', ' '),
		parse: (fileUrl) => readFileInput(fakeRead({ fileSource: 'url', fileUrl }), NO_OPTIONS),
		breaks: (input) => ('url' in input && /^https?:\/\//i.test(input.url) ? undefined : 'let pass what is no web address'),
	}),
	parser({
		name: 'file names and types',
		share: 70,
		given: fc.tuple(fileName, mimeType, fc.nat(2)),
		parse: ([name, type, sizeBytes]) => [
			completeFileName(name, type),
			extensionOf(name),
			reasonToSkip({ fileName: name, mimeType: type, sizeBytes }, { onlyFileTypes: ['pdf', CANARY], minimumSizeBytes: 1 }),
		],
		breaks: ([name = '']) => (name.trim() === '' ? 'gave a file no name' : undefined),
	}),
	parser({ name: 'lists of file types', share: 10, given: hostileText('pdf', '.', '*.', ',', ';', 'docx'), parse: parseFileTypes }),
	parser({
		name: 'categories as JSON',
		share: 20,
		given: hostileJson(['id', 'type', 'description'], ['invoice', 'other', 'other_2']).map((text) => `[${text}]`),
		parse: (text) => readTarget(fakeRead({ classifyWith: 'categoriesJson', categoriesJson: text }), {}),
	}),
	parser({
		name: 'categories as data',
		share: 5,
		given: fc.array(fc.record({ id: hostileText('invoice'), type: hostileText('other'), description: hostileText() }, { requiredKeys: [] }), { maxLength: 5 }),
		parse: readCategories,
		breaks: (categories) => (categories.some(({ type }) => type === 'other') ? undefined : 'gave no category for what fits nothing else'),
	}),
	parser({
		name: 'base URLs',
		share: 5,
		given: fc.tuple(fc.constantFrom('custom', 'us', CANARY, '__proto__'), hostileText('https://', 'http://', 'extend.example.com', '/', ':8443', '@', '?', '#')),
		parse: ([region, baseUrl]) => readBaseUrl({ region, baseUrl }),
		breaks: (url) => (url === undefined || /^https?:\/\//i.test(url) ? undefined : 'let pass what is no web address'),
	}),
];
