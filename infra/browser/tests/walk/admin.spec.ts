// The admin: whatever the flow says, and the flows themselves.
import type { Who } from '../../people/person'
import { expectMail } from '../../world/inbox'
import { picture } from '../../world/pictures'
import { demoPerson, expect, test } from '../../world/test'

test('A11 an admin overrides, with another duration than was asked for; the requester is told', async ({ eli, stage }) => {
  const ida = await stage.hire('Ida')
  const resource = await stage.offer('Ledger', [ida], { duration: { mode: 'choice', choices: ['PT1H', 'PT8H'] }, steps: [{ approvers: ['group:security'], needed: 2 }] })
  const request = await stage.asks(ida, resource, { duration: 'PT8H' })
  await eli.overrides(request, 'Approve', 'The others are on a plane', '1 hour')
  await expect(eli.page.locator('main [data-status]').first()).toHaveText('Active')
  await expect(eli.page.locator('main').getByRole('timer').first()).toHaveText(/^(5\d:\d\d|1:00:00) left$/)
  await expectMail(ida.email, 'Approved: Ledger for 1 hour', request, 'The others are on a plane')

  await eli.revokes(request, 'The audit begins')
  await expect(eli.page.locator('main [data-status]').first()).toHaveText('Ended: revoked')
  await expectMail(ida.email, 'Ended (revoked): Ledger', request, 'The audit begins')
})

test('A11 an admin overrides what some have approved already, and what waits for the others is over', async ({ dina, eli, stage }) => {
  const ida = await stage.hire('Ida')
  const resource = await stage.offer('Safe', [ida], { steps: [{ approvers: ['group:security'], needed: 2 }] })
  const request = await stage.asks(ida, resource)
  await stage.decides(demoPerson('dan'), request, 'approve')
  await dina.goesTo('Tasks')
  await expect(dina.task(request)).toBeVisible()
  await eli.overrides(request, 'Approve', 'It is urgent')
  await expect(eli.page.locator('main [data-status]').first()).toHaveText('Active')
  await expect(eli.page.getByRole('group', { name: 'Approval progress' })).toContainText('Dan approved')
  await expect(dina.task(request)).toContainText('Approved by Eli, as an admin')
  await expect(dina.task(request).getByRole('button', { name: 'Grant access' })).toHaveCount(0)
  await expectMail(ida.email, 'Approved: Safe', request, 'It is urgent')
})

test('A11 an admin denies what others would decide', async ({ eli, stage }) => {
  const ida = await stage.hire('Ida')
  const request = await stage.asks(ida, await stage.offer('Vault', [ida], { steps: [{ approvers: ['group:security'], needed: 'any' }] }))
  await eli.overrides(request, 'Deny', 'Nobody needs the vault')
  await expect(eli.page.locator('main [data-status]').first()).toHaveText('Denied')
  await expectMail(ida.email, 'Denied: Vault', request, 'Nobody needs the vault')
})

test('A11 an admin who is an approver has both ways: deciding moves the flow along', async ({ eva, stage }) => {
  const ida = await stage.hire('Ida')
  const resource = await stage.offer('Office', [ida], { steps: [{ approvers: ['admins'], needed: 'any' }, { approvers: ['group:security'], needed: 'any' }] })
  const request = await stage.asks(ida, resource)
  await eva.opens(`/requests/${request}`)
  await expect(eva.page.getByRole('button', { name: 'Override' })).toBeVisible()
  await eva.page.getByRole('button', { name: 'Grant access' }).click()
  await eva.ends(eva.page.getByRole('dialog'), 'Grant access')
  const steps = eva.page.getByRole('group', { name: 'Approval progress' }).locator('li[data-step]')
  await expect(steps.nth(0)).toHaveAttribute('data-step', 'approved')
  await expect(steps.nth(1)).toHaveAttribute('data-step', 'open')
})

test('A11 much access at once is revoked', async ({ eli, stage }) => {
  const people = [await stage.hire('Kim'), await stage.hire('Kay')]
  const resource = await stage.offer('Printer', people)
  const requests: string[] = []
  for (const who of people) {
    const request = await stage.asks(who, resource)
    await stage.decides(demoPerson('eva'), request, 'approve')
    requests.push(request)
  }
  await eli.revokesAll(requests, 'The printer is sold')
  for (const request of requests) await expect(eli.page.locator(`[data-request="${request}"]`)).toHaveCount(0)
  for (const who of people) await expectMail(who.email, 'Ended (revoked): Printer', 'The printer is sold')
})

test.describe('A12 an admin defines what people ask for', () => {
  test.describe.configure({ mode: 'serial' })

  let asker: Who
  let id = ''

  test('a resource, in the portal', async ({ eli, stage }) => {
    asker = await stage.hire('Moss', { manager: 'ben' })
    id = stage.id('atlas')
    await eli.api.create(`/v1/admin/groups/${id}-users`, { name: 'Holds the atlas' })
    await eli.administers('Resources')
    await eli.page.getByRole('link', { name: 'Create resource' }).click()
    const form = eli.page.getByRole('main').locator('form')
    await form.getByLabel('Name', { exact: true }).fill('Atlas')
    await form.getByLabel('Id', { exact: true }).fill(id)
    await form.getByRole('combobox', { name: /^Group/ }).fill('nobody-of-this-id')
    await form.getByRole('button', { name: 'Create resource' }).click()
    await expect(form.getByRole('combobox', { name: /^Group/ })).toHaveAttribute('aria-invalid', 'true') // as the API says
    await form.getByRole('combobox', { name: /^Group/ }).fill(`${id}-users`)
    await form.getByRole('button', { name: 'Create resource' }).click()
    await eli.sees(`/admin/resources/${id}`)
    await expect(eli.page.getByRole('heading', { level: 1, name: 'Atlas' })).toBeVisible()
  })

  test('a flow, which cannot be one that never works', async ({ eli }) => {
    const { form, list } = await eli.beginsFlow(id, id, asker.id)
    const deciders = list('Who decides')
    await eli.adds(deciders, 'A person', asker.id) // who asks would decide alone
    await form.getByRole('radio', { name: 'Without an end' }).check()
    await form.getByRole('button', { name: 'Create the flow' }).click()
    await expect(form.getByRole('alert')).toContainText('Not saved')
    await picture(eli, 'flow-editor')

    await deciders.getByRole('button', { name: /^Remove/ }).click()
    await eli.adds(deciders, 'The requester’s manager')
    const enabled = form.getByRole('checkbox', { name: 'Enabled' })
    await enabled.check()
    await form.getByRole('button', { name: 'Create the flow' }).click()
    await eli.sees(`/admin/flows/${id}`)
  })

  test('tries it out before anybody asks', async ({ eli }) => {
    await eli.page.getByRole('tab', { name: 'Try it out' }).click()
    await eli.page.getByRole('combobox', { name: 'Who asks' }).fill(asker.id)
    await eli.page.getByRole('button', { name: 'Play it' }).click()
    await expect(eli.page.getByRole('heading', { name: 'Who decides if Moss asks for Atlas' })).toBeVisible()
    await expect(eli.page.getByRole('listitem').filter({ hasText: 'Ben' }).first()).toBeVisible()
  })

  test('people ask by it, and disabling it cancels what nobody has decided', async ({ arrives, eli }) => {
    const moss = await arrives(asker)
    await moss.opens('/requests')
    await moss.asksFor(id, { reason: 'Find the way' })
    await moss.isTold(id, 'Pending')
    await eli.administers('Flows')
    await eli.page.getByRole('button', { name: `Disable: ${id}` }).click()
    await eli.page.getByRole('dialog').getByRole('button', { name: 'Disable it' }).click()
    await expect(moss.item(id)).toHaveCount(0)
    await expectMail(asker.email, 'Canceled: Atlas')
  })
})

test('an admin sees everybody’s requests, and the whole history of one with its hashes checked', async ({ eli, stage }) => {
  const ida = await stage.hire('Ida')
  const resource = await stage.offer('Cellar', [ida])
  const request = await stage.asks(ida, resource)
  await eli.administers('Requests')
  await eli.page.getByRole('combobox', { name: 'Resource' }).fill(resource)
  await eli.page.keyboard.press('Enter')
  await expect(eli.page.locator('tr[data-request]')).toHaveCount(1)
  await eli.page.getByRole('link', { name: /^Cellar ?, Ida/ }).click()
  await eli.sees(`/requests/${request}`)
  await eli.page.getByText('History', { exact: true }).click()
  await expect(eli.page.getByText('Ida asked for it')).toBeVisible()
})
