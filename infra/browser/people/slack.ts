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

  /** Presses Approve on a message, and grants access in the modal. */
  async approves(message: Locator, note = '') {
    await message.getByRole('button', { name: 'Approve' }).click()
    const modal = this.page.locator('#modal')
    if (note) await modal.getByRole('textbox').fill(note)
    await modal.getByRole('button', { name: 'Grant access' }).click()
    await expect(modal).toBeHidden()
  }

  async denies(message: Locator, reason: string) {
    await message.getByRole('button', { name: 'Deny' }).click()
    const modal = this.page.locator('#modal')
    await modal.getByRole('textbox').fill(reason)
    await modal.getByRole('button', { name: 'Deny access' }).click()
    await expect(modal).toBeHidden()
  }
}
