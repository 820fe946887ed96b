/* eslint-disable @n8n/community-nodes/no-restricted-imports -- resolves paths */
import { dirname, join } from 'node:path';
import { ExtendApi } from '../../credentials/ExtendApi.credentials';
import { loadNodes } from './support/nodes';
import { exists, readText } from './support/project';

interface Themed {
	light: string;
	dark: string;
}

/** The files of a pair of icons, from the project's root; fails for anything that is not a pair of files. */
function filesOf(icon: unknown, owner: string): Themed {
	const { light, dark } = icon as Themed; // the test below is about whether it is one
	const resolved = (name: string) => join(dirname(owner), String(name).replace(/^file:/, ''));
	expect([light, dark].map((name) => /^file:.+\.svg$/.test(name))).toEqual([true, true]);
	return { light: resolved(light), dark: resolved(dark) };
}

let icons: Themed[] = [];

beforeAll(async () => {
	const nodes = await loadNodes();
	const credential = new ExtendApi();
	icons = [
		...nodes.map(({ path, node }) => filesOf(node.description.icon, path)),
		filesOf(credential.icon, 'credentials/ExtendApi.credentials.ts'),
	];
});

describe('the icons', () => {
	const files = () => [...new Set(icons.flatMap(({ light, dark }) => [light, dark]))];

	it('exist for every node and the credential, for light and dark themes', () => {
		expect(icons.length).toBeGreaterThanOrEqual(2);
		expect(files().filter((file) => !exists(file))).toEqual([]);
	});

	it('differ between light and dark', () => {
		expect(icons.filter(({ light, dark }) => light === dark || readText(light) === readText(dark))).toEqual([]);
	});

	it('are SVG drawings of equal width and height', () => {
		const square = /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="(\d+)" height="\1" viewBox="[-\d. ]+"/;
		expect(files().filter((file) => !square.test(readText(file)))).toEqual([]);
	});

	it('load nothing and run nothing', () => {
		expect(files().filter((file) => /<script|\bon\w+=|href=|url\((?!#)|<!ENTITY/i.test(readText(file)))).toEqual([]);
	});
});
