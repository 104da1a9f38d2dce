// The Slack workspace of the company, on its own page, as one of its people.
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { stack } from '../world/stack'

export class Slack {
  private constructor(readonly page: Page) {}

  static async of(context: BrowserContext, name: string): Promise<Slack> {
    const page = await context.newPage()
    await page.goto(stack.slack.url)
    await page.getByLabel('You are').selectOption({ label: name })
    return new Slack(page)
  }

  /** The newest message with Latchkey that is about all of this. */
  message(...about: string[]): Locator {
    return about.reduce((found, text) => found.filter({ hasText: text }), this.page.locator('#messages > article')).last()
  }

  // Slack waits three seconds for an answer. On a busy machine there may be none, which it tells, and people press again.

  private modal(): Locator { return this.page.locator('#modal') }

  private async opens(message: Locator, button: string) {
    await expect(async () => {
      if (!await this.modal().isVisible()) await message.getByRole('button', { name: button }).click({ timeout: 5_000 })
      await expect(this.modal()).toBeVisible({ timeout: 5_000 })
    }).toPass()
  }

  private async submits(button: string) {
    await expect(async () => {
      if (await this.modal().isVisible()) await this.modal().getByRole('button', { name: button }).click({ timeout: 5_000 })
      await expect(this.modal()).toBeHidden({ timeout: 5_000 })
    }).toPass()
  }

  /** Presses Approve on a message, and grants access in the modal. */
  async approves(message: Locator, note = '') {
    await this.opens(message, 'Approve')
    if (note) await this.modal().getByRole('textbox').fill(note)
    await this.submits('Grant access')
  }

  async denies(message: Locator, reason: string) {
    await this.opens(message, 'Deny')
    await this.modal().getByRole('textbox').fill(reason)
    await this.submits('Deny access')
  }
}
