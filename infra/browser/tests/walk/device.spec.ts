// Administrator rights on one's own machine: access begins when its user says so.
import { expectMail } from '../../world/inbox'
import { picture } from '../../world/pictures'
import { expect, test } from '../../world/test'

test.describe.configure({ mode: 'serial' })

const device = 'gus-thinkpad'
let request = ''

test.beforeAll(({ gus }) => gus.clearsUp(device))

test('A8 a reason and a duration; the card shows how it stands', async ({ gus }) => {
  await gus.opensDevices()
  const form = await gus.selects(device)
  await expect(form.getByText('Say what you intend to do with it.')).toBeVisible()
  await gus.fillsIn(form, { reason: 'Install the debugger', duration: '1 hour' })
  request = await gus.submits(form)
  await gus.isTold(device, 'Pending')
})

test('A8 approved, it waits to be started, and can still be canceled', async ({ gus, eva }) => {
  await eva.goesTo('Tasks')
  await eva.grants(request)
  await gus.isTold(device, 'Ready to start')
  await expectMail(gus.who.email, /Approved: Gus's ThinkPad|Ready to start: Gus's ThinkPad/, request)
  await gus.cancels(device)
  await gus.isTold(device, 'Canceled')
})

test('A8 Start session, the timer runs, End session before the time is up', async ({ gus, eva }) => {
  request = await gus.asksFor(device, { reason: 'Install the debugger, now', duration: '1 hour' })
  await eva.grants(request)
  await gus.isTold(device, 'Ready to start')
  await expect(gus.item(device).getByRole('timer')).toHaveCount(0)
  await gus.requestFor(device).getByRole('button', { name: 'Start session' }).click()
  await gus.isTold(device, 'Active')
  await expect(gus.item(device).getByRole('timer')).toHaveText(/^(5\d:\d\d|1:00:00) left$/)
  await picture(gus, 'device')
  await gus.confirms(gus.requestFor(device), 'End session')
  await gus.isTold(device, 'Ended: given back')
})
