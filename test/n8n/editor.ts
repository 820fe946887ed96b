import type { Browser, Locator, Page } from 'playwright-core';
import { chromium, selectors } from 'playwright-core';
import { NodePanel } from './nodePanel';
import { findChromium } from './programs';
import type { TestN8n } from './testN8n';

/** Without a sandbox, since tests may run as root; nothing but n8n is opened, and nothing else can be reached. */
const FLAGS = [
	'--no-sandbox',
	'--no-proxy-server',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
/** The editor's first screen takes this long on a busy machine. */
const LIMIT_MS = 60_000;
/** Away from the middle of a node, where its buttons come up. */
const CORNER = { x: 20, y: 20 };

/** n8n's editor in a browser, with the owner of a test's n8n signed in. */
export class Editor {
	/** What the browser's console has complained about, but for what n8n asks of the internet, which is not there. */
	readonly complaints: string[] = [];
	/** The panel of the node that is open. */
	readonly panel: NodePanel;

	constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly baseUrl: string,
	) {
		this.panel = new NodePanel(page);
		page.on('console', (message) => {
			const { url } = message.location();
			const isOfInternet = /^https?:/.test(url) && !url.startsWith(baseUrl);
			if (message.type() === 'error' && !isOfInternet) this.complaints.push(`${message.text()} (${url})`);
		});
		page.on('pageerror', (error) => this.complaints.push(String(error)));
	}

	/** Opens a page of n8n by its path, such as `/home/credentials`. */
	async openPage(path: string): Promise<void> {
		await this.page.goto(`${this.baseUrl}${path}`);
	}

	async openWorkflow(id: string): Promise<void> {
		await this.openPage(`/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** What n8n takes from the system of its user, unless that user has chosen otherwise. */
	async setTheme(colorScheme: 'light' | 'dark'): Promise<void> {
		await this.page.emulateMedia({ colorScheme });
	}

	/** A node on the canvas. */
	nodeOf(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** The labels of a node's outputs, from top to bottom. */
	async outputLabels(name: string): Promise<string[]> {
		const handles = this.nodeOf(name).getByTestId('canvas-node-output-handle');
		await handles.first().waitFor();
		return (await handles.allInnerTexts()).map((text) => text.trim());
	}

	/** Opens the panel of a node. */
	async openNode(name: string): Promise<NodePanel> {
		await this.nodeOf(name).dblclick({ position: CORNER });
		await this.page.getByTestId('ndv').first().waitFor();
		return this.panel;
	}

	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').first().click();
		await this.page.getByTestId('ndv').first().waitFor({ state: 'hidden' });
	}

	/** Runs the workflow, as the button does. */
	async execute(): Promise<void> {
		await this.page.getByRole('button', { name: 'Execute workflow' }).last().click();
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}

/**
 * The editor of an n8n that was opened with `hasEditor`.
 * @throws ExplainedError where there is no Chromium
 */
export async function openEditor({ main, owner }: TestN8n): Promise<Editor> {
	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS });
	const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, deviceScaleFactor: 1.5 });
	page.setDefaultTimeout(LIMIT_MS);
	const data = { emailOrLdapLoginId: owner.email, password: owner.password };
	const answer = await page.request.post(`${main.baseUrl}/rest/login`, { data });
	if (!answer.ok()) throw new Error(`n8n answered the sign-in with status ${answer.status()}.`);
	return new Editor(browser, page, main.baseUrl);
}
