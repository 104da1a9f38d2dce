// The approver: what waits for them, and what they do about it.
import { expectMail } from '../../world/inbox'
import { picture } from '../../world/pictures'
import { demoPerson, expect, test } from '../../world/test'
import { Approver } from '../../people/approver'

test.beforeAll(({ gus }) => gus.clearsUp('figma', 'staging'))

test('A9 a task expands to what was asked for, and leaves the list with what became of it', async ({ gus, chloe }) => {
  await gus.goesTo('Requests')
  const request = await gus.asksFor('figma', { reason: 'Correct the icons of the sign-in page', duration: '8 hours' })
  await chloe.goesTo('Tasks')
  await expect(chloe.task(request)).toContainText('Gus, for 8 hours')
  await expect(chloe.page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name: /Tasks .*wait/ })).toBeVisible()
  const task = await chloe.expands(request)
  await expect(task).toContainText('Correct the icons of the sign-in page')
  await chloe.page.mouse.move(0, 0)
  await picture(chloe, 'tasks', 760)
  await chloe.grants(request, { duration: '1 hour' }) // she may give less than was asked for
  await expect(chloe.task(request)).toContainText('Approved by you')
  await expect(gus.item('figma').getByRole('timer')).toHaveText(/^(5\d:\d\d|1:00:00) left$/)
  await expectMail(gus.who.email, 'Approved: Figma for 1 hour', request)
})

test('A10 a single approver decides at once', async ({ gus, ben }) => {
  await gus.goesTo('Requests')
  const request = await gus.asksFor('staging', { reason: 'Try the new sign-in' })
  await ben.goesTo('Tasks')
  await ben.denies(request, 'The servers are being moved')
  await gus.isTold('staging', 'Denied')
  await expectMail(gus.who.email, 'Denied: Staging', request, 'The servers are being moved')
})

test('two approvers with the same task open: the second sees who was faster', async ({ arrives, browser, everyone, stage }) => {
  const vera = await Approver.with(browser, await stage.hire('Vera'))
  const will = await Approver.with(browser, await stage.hire('Will'))
  everyone.push(vera, will)
  const asker = await stage.hire('Asker')
  const resource = await stage.offer('Wiki', [asker], { steps: [{ approvers: [`person:${vera.who.id}`, `person:${will.who.id}`], needed: 'any' }] })
  const request = await stage.asks(asker, resource)
  await vera.opens('/tasks')
  await will.opens('/tasks')
  const late = await will.begins(request, 'Deny access')
  await vera.grants(request)
  await expect(late).toContainText('This takes no decision of yours any more')
  await expect(late).toContainText('Vera')
  await late.getByRole('button', { name: 'Close' }).last().click()
  await expect(will.task(request)).toContainText('Approved by Vera')
  const them = await arrives(asker)
  await them.opens('/requests')
  await them.isTold(resource, 'Active')
  await vera.leaves()
  await will.leaves()
})

test('who is away names a delegate, who decides for them', async ({ browser, everyone, stage }) => {
  const boss = await Approver.with(browser, await stage.hire('Boss'))
  const helper = await Approver.with(browser, await stage.hire('Helper'))
  everyone.push(boss, helper)
  const asker = await stage.hire('Asker', { manager: boss.who.id })
  const resource = await stage.offer('Archive', [asker], { steps: [{ approvers: ['manager'], needed: 'any' }] })
  await boss.opens('/away')
  await boss.page.getByLabel('Email of who decides for you').fill(helper.who.email)
  await expect(boss.page.getByText('✓ Helper')).toBeVisible()
  await boss.page.getByRole('button', { name: 'Let them decide' }).click()
  await expect(boss.page.getByRole('heading', { name: 'Helper can decide for you' })).toBeVisible()

  const request = await stage.asks(asker, resource)
  await helper.opens('/tasks')
  await expect(helper.task(request)).toContainText('in place of Boss')
  await helper.grants(request)
  await boss.opens(`/requests/${request}`)
  await expect(boss.page.getByRole('group', { name: 'Approval progress' })).toContainText('Helper (for Boss) approved in the portal')
  await boss.opens('/away')
  await boss.page.getByRole('button', { name: 'Decide alone again' }).click()
  await expect(boss.page.getByRole('heading', { name: 'Let someone decide for you' })).toBeVisible()
  await boss.leaves()
  await helper.leaves()
})

test('a link in a mail opens the portal at the request', async ({ arrives, chloe, stage }) => {
  const asker = await stage.hire('Linus')
  const resource = await stage.offer('Links', [asker], { steps: [{ approvers: ['person:chloe'], needed: 'any' }] })
  const request = await stage.asks(asker, resource)
  await expectMail(chloe.who.email, 'Linus asks for Links', `/requests/${request}`)
  const reader = await arrives(demoPerson('chloe'))
  await reader.opens(`/requests/${request}`)
  await expect(reader.page.getByRole('heading', { level: 1, name: 'Links' })).toBeVisible()
  await expect(reader.page.getByRole('button', { name: 'Grant access' })).toBeVisible()
})

test('what is not theirs to see does not exist for them', async ({ arrives, stage }) => {
  const asker = await stage.hire('Owner')
  const request = await stage.asks(asker, await stage.offer('Diary', [asker]))
  const other = await arrives(await stage.hire('Other'))
  await other.opens(`/requests/${request}`)
  await expect(other.page.getByText('There is no such request')).toBeVisible()
  await expect(other.page.getByText('Diary')).toHaveCount(0)
})
