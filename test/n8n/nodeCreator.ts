import type { Locator, Page } from 'playwright-core';

/** Stands above what a node can do. */
const DETAILS = 'Node details';

/** The panel in which a person looks for a node. */
export class NodeCreator {
	readonly panel: Locator;

	constructor(private readonly page: Page) {
		this.panel = page.getByTestId('node-creator');
	}

	/** Opens it for what comes behind the last node of the workflow. */
	async openBehindLast(): Promise<void> {
		await this.page.getByTestId('canvas-handle-plus').last().click();
		await this.page.getByTestId('node-creator-search-bar').waitFor();
	}

	/** The nodes that are found, with their names and descriptions. */
	async search(text: string): Promise<Array<{ name: string; description: string }>> {
		await this.page.getByTestId('node-creator-search-bar').fill(text);
		const items = this.panel.getByTestId('node-creator-action-item');
		await items.filter({ hasText: text }).first().waitFor();
		const texts = await items.allInnerTexts();
		return texts.map((each) => each.split('\n').filter((line) => line.trim() !== '')).map(([name = '', description = '']) => ({ name, description }));
	}

	/** Opens what a found node can do. Returns the names of its actions. */
	async openActions(nodeDescription: string): Promise<string[]> {
		const found = this.panel.getByTestId('node-creator-action-item');
		await found.filter({ hasText: nodeDescription }).click();
		await this.panel.getByText(DETAILS).waitFor();
		// The list slides out while the actions slide in.
		await found.first().waitFor({ state: 'detached' });
		const actions = this.panel.getByTestId('node-creator-item-name');
		await actions.first().waitFor();
		return (await actions.allInnerTexts()).map((text) => text.trim());
	}

	/** Puts an action on the canvas, which opens its panel. */
	async add(action: string): Promise<void> {
		await this.panel.getByTestId('item-iterator-item').filter({ hasText: action }).first().click();
		await this.page.getByTestId('node-parameters').waitFor();
	}

	/** Addresses of the icons that are seen. @throws Error where one has not loaded */
	async icons(): Promise<string[]> {
		const icons = this.panel.locator('img');
		await icons.first().waitFor();
		const seen = await icons.evaluateAll((all) => all.map((icon) => ({ src: String(Reflect.get(icon, 'src')), width: Number(Reflect.get(icon, 'naturalWidth')) })));
		const [broken] = seen.filter(({ width }) => width === 0);
		if (broken !== undefined) throw new Error(`${broken.src} is no picture`);
		return seen.map(({ src }) => src);
	}
}
