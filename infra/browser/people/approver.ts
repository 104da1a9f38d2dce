// What an approver does in the portal.
import { expect, type Locator } from '@playwright/test'
import { Person } from './person'

export class Approver extends Person {
  /** A task, by the id of its request. */
  task(request: string): Locator { return this.page.locator(`main [data-request="${request}"]`) }

  async expands(request: string): Promise<Locator> {
    const task = this.task(request)
    const details = task.locator('details').first()
    await expect(details).toBeVisible()
    if ((await details.getAttribute('open')) === null) await details.locator('summary').first().click()
    await expect(details).toHaveAttribute('open')
    return task
  }

  /** Opens the dialog of a verdict. */
  async begins(request: string, verdict: 'Grant access' | 'Deny access' | 'Ask'): Promise<Locator> {
    const task = await this.expands(request)
    await task.getByRole('button', { name: verdict, exact: true }).click()
    const dialog = this.page.getByRole('dialog')
    await expect(dialog).toBeVisible()
    return dialog
  }

  async ends(dialog: Locator, verdict: 'Grant access' | 'Deny access' | 'Ask') {
    await dialog.getByRole('button', { name: verdict, exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  async grants(request: string, { note, duration }: { note?: string; duration?: string } = {}) {
    const dialog = await this.begins(request, 'Grant access')
    if (duration) await dialog.getByRole('combobox', { name: 'Access duration' }).selectOption({ label: duration })
    if (note) await dialog.getByRole('textbox', { name: /^Note/ }).fill(note)
    await this.ends(dialog, 'Grant access')
  }

  async denies(request: string, reason: string) {
    const dialog = await this.begins(request, 'Deny access')
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason)
    await this.ends(dialog, 'Deny access')
  }

  async asks(request: string, question: string) {
    const dialog = await this.begins(request, 'Ask')
    await dialog.getByRole('textbox', { name: 'Question' }).fill(question)
    await this.ends(dialog, 'Ask')
  }
}
