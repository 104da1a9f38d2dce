// A12 and A8: an admin offers rights on a device, and a session of them ends by itself.
import { expectMail } from '../../world/inbox'
import { expect, test } from '../../world/test'

test.describe.configure({ mode: 'serial' })

let option = ''

test('A12 an admin defines a device option', async ({ eli, stage }) => {
  option = stage.id('rights')
  await eli.administers('Resources')
  await eli.page.getByRole('link', { name: 'Create resource' }).click()
  const form = eli.page.getByRole('main').locator('form')
  await form.getByLabel('Name', { exact: true }).fill('Rights for a moment')
  await form.getByLabel('Id', { exact: true }).fill(option)
  await form.getByRole('combobox', { name: 'Kind' }).selectOption('Device')
  await form.getByRole('combobox', { name: 'Device', exact: true }).fill('ana-macbook') // it is given by the device's agent
  await form.getByRole('button', { name: 'Create resource' }).click()
  await eli.sees(`/admin/resources/${option}`)
  await expect(eli.page.getByRole('main')).toContainText('No flow: nobody can ask')
})

test('A12 and the flow by which it is asked for, for a minute', async ({ eli }) => {
  const { form, list } = await eli.beginsFlow(option, option, 'ana')
  await eli.adds(list('Who decides'), 'The requester’s manager')
  await form.getByRole('radio', { name: 'For one fixed time' }).check()
  const time = form.getByRole('group', { name: 'For', exact: true }).last()
  await time.getByRole('spinbutton').fill('1')
  await time.getByRole('combobox').selectOption('minutes')
  await form.getByRole('checkbox', { name: 'Enabled' }).check()
  await form.getByRole('button', { name: 'Create the flow' }).click()
  await eli.sees(`/admin/flows/${option}`)
})

test('A8 a session whose time is up ends by itself', async ({ ana, ben }) => {
  await ana.opensDevices()
  const form = await ana.selects(option)
  await expect(form.getByText('1 minute', { exact: true })).toBeVisible()
  await ana.fillsIn(form, { reason: 'Install a font' })
  const request = await ana.submits(form)
  await expectMail(ana.who.email, 'Requested: Rights for a moment for 1 minute', request)
  await ben.goesTo('Tasks')
  await ben.grants(request)
  await ana.isTold(option, 'Ready to start')
  await ana.requestFor(option).getByRole('button', { name: 'Start session' }).click()
  await expect(ana.item(option).getByRole('timer')).toBeVisible()
  await expect(ana.item(option).getByRole('timer')).toHaveCount(0)
  await ana.isTold(option, 'Ended: time is up')
  await expectMail(ana.who.email, 'Ended (expired): Rights for a moment', request)
})
