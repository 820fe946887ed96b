import type { Locator, Page } from 'playwright-core';
import { lookUntil } from '../../scripts/lib/waiting.mjs';

const TOOLTIP = '.n8n-tooltip';
const WITHIN = { limitMs: 60_000, intervalMs: 100 };
const OPENS_WITHIN_MS = 3_000;

/** The open panel of a node, as a person uses it. Parameters go by their names, what is on the screen by its words. */
export class NodePanel {
	readonly parameters: Locator;
	readonly output: Locator;

	constructor(private readonly page: Page) {
		this.parameters = page.getByTestId('node-parameters');
		this.output = page.getByTestId('output-panel');
	}

	/** The name of the credential that is chosen. */
	async credential(): Promise<string> {
		return await this.parameters.getByTestId('node-credentials-select').locator('input').inputValue();
	}

	/** The labels of all parameters that are shown, from top to bottom. */
	async labels(): Promise<string[]> {
		const labels = this.parameters.getByTestId('input-label').locator('label').filter({ visible: true });
		await labels.first().waitFor();
		// Behind a line break come the buttons beside the label.
		return (await labels.allInnerTexts()).map((text) => text.split('\n')[0]?.trim() ?? '');
	}

	/** What the question mark beside a label says. */
	async descriptionOf(label: string): Promise<string> {
		return await readDescription(this.page, this.parameters.locator('label').filter({ hasText: label }).first());
	}

	/** What the warning sign beside a parameter says. */
	async issueOf(parameter: string): Promise<string> {
		const sign = this.page.getByTestId(`parameter-input-${parameter}`).getByTestId('parameter-issues').first();
		return await readTooltip(this.page, sign);
	}

	/** The entries of a list, each with its description behind a line break. The list closes again. */
	async entriesOf(parameter: string): Promise<string[]> {
		await this.open(parameter);
		const texts = await this.entries.allInnerTexts();
		await this.page.keyboard.press('Escape');
		return texts.map((text) => text.trim());
	}

	/** Chooses an entry of a list by its name. */
	async choose(parameter: string, name: string): Promise<void> {
		await this.open(parameter);
		await this.entries.filter({ has: this.page.getByText(name, { exact: true }) }).click();
	}

	/** Opens a list. One that n8n loads anew meanwhile closes again, and then is opened once more. */
	async open(parameter: string): Promise<void> {
		const open = async (): Promise<true | undefined> => {
			await this.page.getByTestId(`parameter-input-${parameter}`).locator('input').first().click();
			return await this.entries.first().waitFor({ timeout: OPENS_WITHIN_MS }).then(() => true as const, () => undefined);
		};
		if (!(await lookUntil(open, WITHIN))) throw new Error(`The list of ${parameter} did not open.`);
	}

	/** The entries of the list that is open. */
	get entries(): Locator {
		return this.page.getByRole('option').filter({ visible: true });
	}

	async fill(parameter: string, text: string): Promise<void> {
		await this.page.getByTestId(`parameter-input-${parameter}`).locator('input, textarea').first().fill(text);
	}

	/** Adds an entry to a collection, such as an option. */
	async add(collection: string, name: string): Promise<void> {
		await this.parameters.getByTestId('parameter-item').filter({ hasText: collection }).getByTestId('collection-parameter-add').click();
		await this.entries.filter({ hasText: name }).first().click();
	}

	/** How a thing of Extend is chosen: From List, By URL or By ID. */
	async chooseMode(parameter: string, mode: string): Promise<void> {
		await this.locatorOf(parameter).getByTestId('rlc-mode-selector').click();
		await this.entries.filter({ hasText: mode }).click();
	}

	/** The field in which the ID or the link to a thing of Extend stands, or that opens the list of them. */
	fieldOf(parameter: string, position = 0): Locator {
		return this.locatorOf(parameter).nth(position).getByTestId('rlc-input');
	}

	/** Opens the list of things of Extend. @param position of the parameter, where several have its name */
	async openPicker(parameter: string, position = 0): Promise<Locator> {
		await this.fieldOf(parameter, position).click();
		const entries = this.page.getByTestId('rlc-item');
		await entries.first().waitFor();
		return entries;
	}

	private locatorOf(parameter: string): Locator {
		return this.page.getByTestId(`resource-locator-${parameter}`);
	}

	/** Executes the step and those before it. Returns once it has ended, well or not. */
	async execute(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
		await this.output.getByTestId('node-run-status-success').or(this.output.getByTestId('node-run-status-danger')).waitFor();
	}

	/** What is shown in red, and below it. */
	async readError(): Promise<{ title: string; description: string }> {
		return {
			title: await this.output.getByTestId('node-error-message').innerText(),
			description: await this.output.getByTestId('node-error-description').innerText(),
		};
	}

	/** The output as a table: a record for each row. */
	async readTable(): Promise<Array<Record<string, string>>> {
		await this.output.getByTestId('radio-button-table').click();
		const rows = this.output.locator('table tr');
		await rows.nth(1).waitFor();
		const readRow = async (row: Locator) => (await row.locator('th, td').allInnerTexts()).map((text) => text.trim());
		const [names = [], ...cells] = await Promise.all((await rows.all()).map(readRow));
		return cells.map((row) => Object.fromEntries(names.map((name, column) => [name, row[column] ?? ''])));
	}
}

/** What the question mark of a label says. */
export async function readDescription(page: Page, label: Locator): Promise<string> {
	await label.hover();
	return await readTooltip(page, label.locator('[data-icon=circle-help]'));
}

/** The text that comes up while the mouse is on a sign. Returns once it has gone again. */
async function readTooltip(page: Page, sign: Locator): Promise<string> {
	await sign.hover();
	const tooltip = page.locator(TOOLTIP).last();
	await tooltip.waitFor();
	const text = await tooltip.innerText();
	await page.mouse.move(0, 0);
	await tooltip.waitFor({ state: 'hidden' });
	return text.trim();
}
