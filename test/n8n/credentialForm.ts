import type { Locator, Page, Response } from 'playwright-core';
import type { Editor } from './editor';
import { readDescription } from './nodePanel';

const TESTED_WITHIN_MS = 30_000;
const MAX_TRIES = 3;

/** The form in which a person makes an Extend credential, and reads what its test says. */
export class CredentialForm {
	readonly form: Locator;

	constructor(private readonly page: Page) {
		this.form = page.getByTestId('editCredential-modal');
	}

	/** The labels of the fields that are shown, from top to bottom. */
	async labels(): Promise<string[]> {
		const labels = this.form.getByTestId('credential-connection-parameter').locator('label').filter({ visible: true });
		await labels.first().waitFor();
		return (await labels.allInnerTexts()).map((text) => text.replace('*', '').split('\n')[0]?.trim() ?? '');
	}

	async descriptionOf(label: string): Promise<string> {
		return await readDescription(this.page, this.form.locator('label').filter({ hasText: label }).first());
	}

	async fill(field: string, text: string): Promise<void> {
		await this.form.getByTestId(`parameter-input-${field}`).locator('input').fill(text);
	}

	/** The regions with their descriptions; the list closes again. */
	async regions(): Promise<string[]> {
		const entries = await this.openRegions();
		const texts = await entries.allInnerTexts();
		await this.form.getByTestId('parameter-input-region').locator('input').click();
		await entries.first().waitFor({ state: 'hidden' });
		return texts;
	}

	async chooseRegion(name: string): Promise<void> {
		const entries = await this.openRegions();
		await entries.filter({ has: this.page.getByText(name, { exact: true }) }).click();
	}

	private async openRegions(): Promise<Locator> {
		await this.form.getByTestId('parameter-input-region').locator('input').click();
		const entries = this.page.getByRole('option').filter({ visible: true });
		await entries.first().waitFor();
		return entries;
	}

	/** Fills in the fields and saves, which tests as well. Returns what n8n then shows above the fields. */
	async test(fields: Record<string, string>): Promise<string> {
		const tested = await this.saveUntilTested(fields);
		const { data } = (await tested.json()) as { data: { status: string; message: string } }; // what n8n answers its editor
		if (data.status === 'OK') return await this.readBanner('Connection tested successfully');
		const more = this.form.getByText('More details');
		await more.or(this.form.getByText(data.message, { exact: true })).first().waitFor();
		if (await more.isVisible()) await more.click();
		return await this.readBanner(data.message);
	}

	/** On a busy computer n8n fills the fields once more after it has saved, and what was typed meanwhile is gone. */
	private async saveUntilTested(fields: Record<string, string>): Promise<Response> {
		for (let tries = 1; ; tries++) {
			for (const [field, text] of Object.entries(fields)) await this.fill(field, text);
			const tested = this.page.waitForResponse((response) => response.url().endsWith('/rest/credentials/test'), { timeout: TESTED_WITHIN_MS });
			const answered = tested.catch((caught: unknown) => (tries < MAX_TRIES ? undefined : Promise.reject(caught)));
			await this.form.getByTestId('credential-save-button').click();
			const response = await answered;
			if (response !== undefined) return response;
		}
	}

	private async readBanner(text: string): Promise<string> {
		const banner = this.form.getByText(text, { exact: true });
		await banner.waitFor();
		return (await banner.innerText()).trim();
	}
}

/** Begins a new Extend credential, as from n8n's list of credentials. */
export async function openCredentialForm(editor: Editor): Promise<CredentialForm> {
	const { page } = editor;
	await editor.openPage('/home/credentials');
	await page.getByTestId('add-resource-credential').click();
	await page.getByTestId('new-credential-type-select').locator('input').fill('Extend');
	await page.getByRole('option').filter({ visible: true, hasText: 'Extend API' }).click();
	await page.getByRole('button', { name: 'Continue' }).click();
	const form = new CredentialForm(page);
	await form.form.waitFor();
	return form;
}
