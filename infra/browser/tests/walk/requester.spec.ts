// The requester: what they may ask for, asking, following, and what becomes of it.
import type { Schemas } from '../../world/api'
import { expectMail } from '../../world/inbox'
import { picture } from '../../world/pictures'
import { demoPerson, expect, test } from '../../world/test'

test.describe.configure({ mode: 'serial' })

test.beforeAll(({ ana }) => ana.clearsUp('prod-db', 'staging', 'figma', 'github'))

let request = ''

test('A1 Requests has the tabs Resources and Access, and help one click away', async ({ ana, eli }) => {
  await eli.setsSupport('https://help.example.com/access')
  await ana.page.reload()
  await ana.goesTo('Requests')
  await expect(ana.page.getByRole('tab')).toHaveText(['Resources', 'Access'])
  for (const id of ['prod-db', 'staging', 'figma', 'github', 'warehouse']) await expect(ana.item(id)).toBeVisible()
  await expect(ana.item('finance')).toHaveCount(0) // no flow for it is open to her
  const help = ana.page.getByRole('main').getByRole('link', { name: /^Get help/ })
  await expect(help).toHaveAttribute('href', 'https://help.example.com/access')
  await ana.page.getByRole('tab', { name: 'Access' }).click()
  await expect(ana.item('ana-macbook')).toBeVisible()
  await expect(ana.item('gus-thinkpad')).toHaveCount(0)
  await ana.page.getByRole('tab', { name: 'Resources' }).click()
})

test('A1 without a flow that is open to them, people have no such area', async ({ arrives, stage }) => {
  const newcomer = await arrives(await stage.hire('Nora'))
  await newcomer.hears('**/v1/me', async (answer) => {
    const me = await answer.json() as Schemas['Me']
    return { json: { ...me, features: { ...me.features, requests: false } } }
  })
  await newcomer.opens('/applications')
  const areas = newcomer.page.getByRole('navigation', { name: 'Areas' })
  await expect(areas.getByRole('link', { name: 'Tasks' })).toBeVisible()
  await expect(areas.getByRole('link', { name: 'Requests' })).toHaveCount(0)
})

test('A2 each resource says who must approve it', async ({ ana }) => {
  const approvers = async (id: string) => (await ana.expands(id)).locator('ol').first().getByRole('listitem')
  await expect(await approvers('prod-db')).toHaveText(['Ben (manager)', '2 of Security (group)'])
  await expect(await approvers('figma')).toHaveText(['Chloe (owner)'])
  await expect(await approvers('github')).toHaveText(['The admins'])
})

test('A3 the form asks why, for how long, and what the flow wants to know', async ({ ana }) => {
  const github = await ana.selects('github')
  await expect(github.getByText('Access duration')).toHaveCount(0) // it is not timed
  await ana.page.keyboard.press('Escape')
  const staging = await ana.selects('staging')
  await expect(staging.getByText('2 minutes', { exact: true })).toBeVisible() // fixed
  await expect(staging.getByRole('combobox')).toHaveCount(0)
  await ana.page.keyboard.press('Escape')

  const form = await ana.selects('prod-db')
  await expect(form.getByText('Say what you intend to do with it.')).toBeVisible()
  await expect(form.getByRole('combobox', { name: 'Access duration' }).getByRole('option')).toContainText(['1 hour', '8 hours'])
  await form.getByRole('button', { name: 'Continue' }).click()
  const why = form.getByRole('textbox', { name: 'Why do you need access to this resource?' })
  await expect(why).toBeFocused()
  await expect(why).toHaveAccessibleDescription(/This is required\./)
  await ana.fillsIn(form, { reason: 'Look at the slow query of the invoices', duration: '8 hours', answers: { Ticket: 'ops seven' } })
  await form.getByRole('button', { name: 'Continue' }).click()
  const ticket = form.getByRole('textbox', { name: 'Ticket' })
  await expect(ticket).toBeFocused() // as the API has refused it
  await expect(ticket).toHaveAttribute('aria-invalid', 'true')
  await ana.fillsIn(form, { answers: { Ticket: 'OPS-7' } })
  await picture(ana, 'request-form')
  request = await ana.submits(form)
  await ana.isTold('prod-db', 'Pending')
  await expect(ana.item('prod-db').getByRole('button', { name: /^Select/ })).toHaveCount(0) // one open request at a time
})

test('A3 a fixed time is for as long as it says', async ({ ana, ben }) => {
  const staging = await ana.asksFor('staging', { reason: 'Try the new sign-in' })
  await ben.goesTo('Tasks')
  await ben.grants(staging)
  await expect(ana.item('staging').getByRole('timer').first()).toHaveText(/^([01]:\d\d|2:00) left$/)
  await expectMail(ana.who.email, 'Approved: Staging for 2 minutes', staging)
})

test('A4 a mail confirms it', async ({ ana }) => {
  await expectMail(ana.who.email, 'Requested: Production database for 8 hours', request)
})

test('A5 the progress says what is awaited, and later who decided', async ({ ana, ben }) => {
  const steps = ana.requestFor('prod-db').getByRole('group', { name: 'Approval progress' }).locator('ol').first().locator('> li')
  await expect(steps).toHaveText([/Ben \(manager\)\s*Waits for a decision/, /2 of Security \(group\)\s*Comes later/])
  await ben.goesTo('Tasks')
  await ben.grants(request, { note: 'Mind the replica' })
  await expect(steps).toHaveText([/Approved\s*.*Ben approved in the portal[^]*Mind the replica/, /Waits for a decision/])
  await ana.page.reload()
  await ana.expands('prod-db') // and nothing else
  await ana.page.mouse.move(0, 0)
  await picture(ana, 'requests', 1060)
})

test('A7 an approver may ask for more, and the answer goes back to them', async ({ ana, dan }) => {
  await dan.goesTo('Tasks')
  await dan.asks(request, 'Which query is it?')
  await ana.isTold('prod-db', 'Needs information')
  await expect(ana.requestFor('prod-db')).toContainText('Which query is it?')
  await ana.answers('prod-db', 'The one of the monthly totals')
  await ana.isTold('prod-db', 'Pending')
  await expect(dan.task(request)).toContainText('The one of the monthly totals')
})

test('A7 who was denied may ask again, from what they wrote then', async ({ ana, dan }) => {
  await dan.denies(request, 'Ask for the replica, and for an hour')
  await ana.isTold('prod-db', 'Denied')
  await expect(ana.requestFor('prod-db')).toContainText('Ask for the replica, and for an hour')
  await expectMail(ana.who.email, 'Denied: Production database', request, 'Ask for the replica')
  const denied = request
  const again = await ana.asksAgain('prod-db')
  await expect(again.getByRole('textbox', { name: /^Why/ })).toHaveValue('Look at the slow query of the invoices')
  await expect(again.getByRole('textbox', { name: 'Ticket' })).toHaveValue('OPS-7')
  await ana.fillsIn(again, { reason: 'Look at the slow query of the invoices, on the replica' })
  request = await ana.submits(again)
  await ana.isTold('prod-db', 'Pending')
  await expectMail(ana.who.email, 'Requested: Production database for 8 hours', request)
  const { resubmits } = await ana.api.get<Schemas['Request']>(`/v1/requests/${request}`)
  expect(resubmits).toBe(denied)
})

test('A10 several approvers: approved only once two of security have', async ({ ana, ben, dan, dina }) => {
  await ben.grants(request)
  await dan.grants(request, { duration: '1 hour' })
  await expect(ana.requestFor('prod-db')).toContainText('Dan approved')
  await ana.isTold('prod-db', 'Pending')
  await dina.goesTo('Tasks')
  await expect(await dina.expands(request)).toContainText('1 hour') // as Dan has shortened it
  await dina.grants(request)
  await ana.isTold('prod-db', 'Active')
  await expectMail(ana.who.email, 'Approved: Production database for 1 hour', request)
})

test('A6 what is held stands under Applications, with the time that remains', async ({ ana }) => {
  await ana.goesTo('Applications')
  const held = ana.held('prod-db')
  await expect(held.getByRole('timer')).toHaveText(/^(5\d:\d\d|1:00:00) left$/)
  await expect(held.getByRole('link', { name: /^Open/ })).toHaveAttribute('href', 'https://db.example.com')
  await picture(ana, 'applications', 620)
})

test('A15 access that is held can be given back', async ({ ana }) => {
  await ana.confirms(ana.held('prod-db'), 'Give back')
  await expect(ana.held('prod-db')).toHaveCount(0)
  await ana.goesTo('Requests')
  await ana.isTold('prod-db', 'Ended: given back')
  await expectMail(ana.who.email, 'Ended (given back): Production database', request)
})

test('A15 a request can be canceled until the access begins', async ({ ana, chloe }) => {
  const figma = await ana.asksFor('figma', { reason: 'Look at the new icons', duration: '1 hour' })
  await chloe.goesTo('Tasks')
  await expect(chloe.task(figma)).toBeVisible()
  await ana.cancels('figma')
  await ana.isTold('figma', 'Canceled')
  await expect(chloe.task(figma)).toContainText('Canceled')
})

test('B4 who holds access may get more time without a gap, as the flow says', async ({ arrives, stage }) => {
  const who = await stage.hire('Max', { manager: 'ben' })
  const resource = await stage.offer('Marathon', [who], {
    steps: [{ approvers: ['manager'], needed: 'any' }], duration: { mode: 'fixed', choices: ['PT1H'], extend: { up_to: 'PT1H', times: 1 } },
  })
  await stage.decides(demoPerson('ben'), await stage.asks(who, resource), 'approve')
  const max = await arrives(who)
  await max.opens('/applications')
  await max.held(resource).getByRole('button', { name: 'Extend' }).click()
  const dialog = max.page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Extend' }).click()
  await expect(dialog).toBeHidden()
  await expect(max.held(resource).getByRole('timer')).toHaveText(/^(1:5\d:\d\d|2:00:00) left$/)
  await expect(max.held(resource).getByRole('button', { name: 'Extend' })).toHaveCount(0) // once
})
