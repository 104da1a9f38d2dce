// What a requester does in the portal.
import { expect, type Locator } from '@playwright/test'
import type { Schemas } from '../world/api'
import { Person } from './person'

interface Ask {
  reason?: string
  duration?: string
  answers?: Record<string, string>
}

export class Requester extends Person {
  /** What may be asked for, by the resource's id. */
  item(id: string): Locator { return this.page.locator(`[data-item="${id}"]`) }

  /** The request that is shown under what it is for. */
  requestFor(id: string): Locator { return this.item(id).locator('[data-request]').first() }

  /** What is held, by the resource's id. */
  held(id: string): Locator { return this.page.locator(`[data-access="${id}"]`) }

  /** Ends or cancels what an earlier walk has left of these. */
  async clearsUp(...resources: string[]) {
    const { data } = await this.api.get<Schemas['RequestPage']>('/v1/requests?view=mine&limit=100')
    for (const { id, resource_id: of, allowed_actions: may } of data) {
      if (!resources.includes(of)) continue
      if (may.includes('cancel')) await this.api.post(`/v1/requests/${id}/cancel`)
      else if (may.includes('end')) await this.api.post(`/v1/requests/${id}/end`)
    }
  }

  async opensDevices() {
    await this.goesTo('Requests')
    await this.page.getByRole('tab', { name: 'Access' }).click()
  }

  async expands(id: string): Promise<Locator> {
    const row = this.item(id)
    const details = row.locator('details')
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click()
    await expect(details).toHaveAttribute('open')
    return row
  }

  /** Opens the dialog of what is asked for. */
  async selects(id: string): Promise<Locator> {
    const row = await this.expands(id)
    await row.getByRole('button', { name: /^(Select|Ask again)/ }).click()
    const dialog = this.page.getByRole('dialog')
    await expect(dialog).toBeVisible()
    return dialog
  }

  async fillsIn(dialog: Locator, { reason, duration, answers }: Ask) {
    if (reason !== undefined) await dialog.getByRole('textbox', { name: /^(Why do you need access to this resource\?|Reason for request)/ }).fill(reason)
    if (duration !== undefined) await dialog.getByRole('combobox', { name: 'Access duration' }).selectOption({ label: duration })
    for (const [label, answer] of Object.entries(answers ?? {})) await dialog.getByRole('textbox', { name: label }).fill(answer)
  }

  /** Presses Continue, and gives the id of the request that there is now. */
  async submits(dialog: Locator): Promise<string> {
    const submitted = this.page.waitForResponse((answer) => answer.url().endsWith('/v1/requests') && answer.status() === 201)
    await dialog.getByRole('button', { name: 'Continue' }).click()
    const { id } = await (await submitted).json() as Schemas['Request']
    await expect(dialog).toBeHidden()
    await expect(this.page.locator(`[data-request="${id}"]`)).toBeVisible()
    return id
  }

  /** Asks for something that is shown, from Select to Continue. */
  async asksFor(id: string, ask: Ask): Promise<string> {
    const dialog = await this.selects(id)
    await this.fillsIn(dialog, ask)
    return this.submits(dialog)
  }

  async isTold(resource: string, status: string) {
    await this.expands(resource)
    await expect(this.item(resource).locator('[data-status]').first()).toHaveText(status)
  }

  /** Answers what an approver has asked. */
  async answers(resource: string, text: string) {
    await (await this.expands(resource)).getByRole('button', { name: 'Answer' }).click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Your answer' }).fill(text)
    await dialog.getByRole('button', { name: 'Send answer' }).click()
    await expect(dialog).toBeHidden()
  }

  /** Opens the form for what was denied; it has what was asked then. */
  async asksAgain(resource: string): Promise<Locator> {
    await (await this.expands(resource)).getByRole('button', { name: 'Ask again' }).click()
    return this.page.getByRole('dialog')
  }

  /** Presses a button of a row that asks once more, and confirms it. */
  async confirms(within: Locator, button: string) {
    await within.getByRole('button', { name: button }).click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('button', { name: button }).click()
    await expect(dialog).toBeHidden()
  }

  async cancels(resource: string) {
    await this.confirms(await this.expands(resource), 'Cancel request')
  }
}
