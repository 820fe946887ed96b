/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- keeps pictures where it is told */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../scripts/lib/paths.mjs';

/** What the tests have seen, to look at afterwards; git ignores it. */
const SEEN = join(projectRoot, '.artifacts', 'pictures');
/** Where pictures for the documentation go: `PICTURES_DIR=docs/images` renews those. */
const SHOWN = process.env.PICTURES_DIR ?? SEEN;
const LARGEST_BYTES = 250_000;
/** The canvas between the bars of the editor. */
const CANVAS = { x: 136, y: 150, width: 1_172, height: 640 };
/** What n8n lays over the screen for some seconds, but for what went wrong. */
const NOTICES = '.el-notification:not(:has(.el-notification--error)) { display: none }';
const LOOK = { animations: 'disabled', style: NOTICES } as const;

/** Keeps a picture of what is on the screen. */
export async function keepPicture(page: Page, name: string): Promise<void> {
	mkdirSync(SEEN, { recursive: true });
	await page.screenshot({ ...LOOK, path: join(SEEN, `${name}.png`), scale: 'css' });
}

/** Takes a picture of the canvas for the documentation. @throws Error when it is too large for a page on the internet */
export async function illustrate(page: Page, name: string): Promise<void> {
	mkdirSync(SHOWN, { recursive: true });
	const path = join(SHOWN, `${name}.png`);
	await page.screenshot({ ...LOOK, path, clip: CANVAS });
	const { size } = statSync(path);
	if (size > LARGEST_BYTES) throw new Error(`${path} has ${size} bytes, more than ${LARGEST_BYTES}.`);
}
