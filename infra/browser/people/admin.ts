// What an admin does in the portal.
import { expect, type Locator } from '@playwright/test'
import type { Schemas } from '../world/api'
import { Approver } from './approver'

type Section = 'Requests' | 'Active' | 'Stuck' | 'Resources' | 'Flows' | 'People' | 'Groups' | 'Devices' | 'Settings'

export class Admin extends Approver {
  /** Says where people turn for help. */
  async setsSupport(address: string) {
    await this.api.change<Schemas['Settings']>('/v1/admin/settings', (settings) => ({ ...settings, support_url: address, version: undefined }))
  }

  async administers(section: Section) {
    await this.goesTo('Admin')
    await this.page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: section }).click()
    await expect(this.page.getByRole('link', { name: section, exact: true }).and(this.page.locator('[href^="/admin"]'))).toHaveAttribute('aria-current', 'page')
    await this.settles()
  }

  async says(dialog: Locator, reason: string) {
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason)
  }

  /** Decides whatever the flow says, on the request's page. */
  async overrides(request: string, verdict: 'Approve' | 'Deny', reason: string, duration?: string) {
    await this.opens(`/requests/${request}`)
    await this.page.getByRole('button', { name: 'Override' }).click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('radio', { name: verdict }).check()
    if (duration) await dialog.getByRole('combobox', { name: 'Duration' }).selectOption({ label: duration })
    await this.says(dialog, reason)
    await dialog.getByRole('button', { name: verdict }).click()
    await expect(dialog).toBeHidden()
  }

  async revokes(request: string, reason: string) {
    await this.opens(`/requests/${request}`)
    await this.page.getByRole('button', { name: 'Revoke' }).click()
    const dialog = this.page.getByRole('dialog')
    await this.says(dialog, reason)
    await dialog.getByRole('button', { name: 'Revoke access' }).click()
    await expect(dialog).toBeHidden()
  }

  /** Lets what could not be set up be tried again. */
  async retries(request: string, reason: string) {
    await this.opens(`/requests/${request}`)
    await this.page.getByRole('button', { name: 'Retry' }).click()
    const dialog = this.page.getByRole('dialog')
    await this.says(dialog, reason)
    await dialog.getByRole('button', { name: 'Try again' }).click()
    await expect(dialog).toBeHidden()
  }

  /** Takes much away at once, from the list of active access. */
  async revokesAll(requests: string[], reason: string) {
    await this.administers('Active')
    for (const request of requests) await this.page.locator(`[data-request="${request}"]`).getByRole('checkbox').check()
    const revoke = { name: `Revoke ${requests.length}` }
    await this.page.getByRole('button', revoke).click()
    const dialog = this.page.getByRole('dialog')
    await this.says(dialog, reason)
    await dialog.getByRole('button', revoke).click()
    await expect(dialog).toContainText(`${requests.length} are being taken away.`)
    await dialog.getByRole('button', { name: 'Close' }).last().click()
  }

  /** Begins a new flow: what it is for, who may ask, and who decides. */
  async beginsFlow(name: string, resource: string, who: string): Promise<{ form: Locator; list: (name: string) => Locator }> {
    await this.administers('Flows')
    await this.page.getByRole('link', { name: 'New flow' }).click()
    const form = this.page.getByRole('main').locator('form')
    const list = (of: string) => form.getByRole('group', { name: of, exact: true }).first()
    await form.getByLabel('Name', { exact: true }).fill(name)
    await this.adds(list('Resources'), undefined, resource)
    await this.empties(list('Who may ask'))
    await this.adds(list('Who may ask'), 'A person', who)
    await this.empties(list('Who decides'))
    return { form, list }
  }

  private async empties(list: Locator) {
    for (const remove of await list.getByRole('button', { name: /^Remove/ }).all()) await remove.click()
  }

  /** Adds to a list of a flow: "A group" and "engineering", or a role alone. */
  async adds(list: Locator, kind: string | undefined, id?: string) {
    await list.getByRole('button', { name: /^\+ / }).click()
    if (kind) await list.getByRole('combobox', { name: 'Kind' }).selectOption({ label: kind })
    if (id) await list.getByRole('combobox').and(list.locator('input')).fill(id)
    await list.getByRole('button', { name: 'Add', exact: true }).click()
    if (id) await list.getByRole('button', { name: 'Done' }).click()
  }
}
