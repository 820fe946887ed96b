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
/** A window in which the tallest example is shown whole, in letters that can be read. */
const WINDOW = { width: 1_400, height: 1_180 };
/** The nodes and notes on the canvas. */
const PARTS = '.vue-flow__node';
const MARGIN = 12;
/** What n8n lays over the screen for some seconds, but for what went wrong. */
const NOTICES = '.el-notification:not(:has(.el-notification--error)) { display: none }';
/** What the editor lays over the canvas. */
const CONTROLS = '[data-test-id="canvas-controls"], [data-test-id="execute-workflow-button"] { display: none }';
const LOOK = { animations: 'disabled', style: NOTICES } as const;

/** Keeps a picture of what is on the screen. */
export async function keepPicture(page: Page, name: string): Promise<void> {
	mkdirSync(SEEN, { recursive: true });
	await page.screenshot({ ...LOOK, path: join(SEEN, `${name}.png`), scale: 'css' });
}

/** Makes the window large enough for pictures of the documentation; before the workflow is opened, which n8n then fits into it. */
export async function makeRoom(page: Page): Promise<void> {
	await page.setViewportSize(WINDOW);
}

/** The smallest part of the screen with all nodes and notes. */
async function frame(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
	const boxes = (await Promise.all((await page.locator(PARTS).all()).map(async (part) => await part.boundingBox()))).filter((box) => box !== null);
	const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN;
	const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN;
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + MARGIN;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Takes a picture of the whole workflow for the documentation. @throws Error when it is too large for a page on the internet */
export async function illustrate(page: Page, name: string): Promise<void> {
	mkdirSync(SHOWN, { recursive: true });
	const path = join(SHOWN, `${name}.png`);
	await page.screenshot({ ...LOOK, style: `${NOTICES} ${CONTROLS}`, path, clip: await frame(page) });
	const { size } = statSync(path);
	if (size > LARGEST_BYTES) throw new Error(`${path} has ${size} bytes, more than ${LARGEST_BYTES}.`);
}
