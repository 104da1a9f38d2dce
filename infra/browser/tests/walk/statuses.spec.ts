// A16: the statuses that no other walk meets, as the requester reads them.
import type { Schemas } from '../../world/api'
import { sweep } from '../../world/aws'
import { meetsTrouble } from '../../world/endpoint'
import { expectMail } from '../../world/inbox'
import { expectAccessible } from '../../world/looks'
import { demoPerson, expect, test } from '../../world/test'

test('A16 Missing data: a requester without a manager, until they have one', async ({ arrives, eli, stage }) => {
  const who = await stage.hire('Lea')
  const resource = await stage.offer('Lab', [who], { steps: [{ approvers: ['manager'], needed: 'any' }] })
  const lea = await arrives(who)
  await lea.opens('/requests')
  const request = await lea.asksFor(resource, { reason: 'Mix something' })
  await lea.isTold(resource, 'Missing data')
  await eli.opens(`/requests/${request}`)
  await expect(eli.page.locator('main [data-status]').first()).toHaveText('Missing data')
  await stage.gives(who, 'ben')
  await lea.isTold(resource, 'Pending')
})

test('A16 Expired: nobody decided in time', async ({ arrives, stage }) => {
  const who = await stage.hire('Exa')
  const resource = await stage.offer('Egg', [who], { pending_for: 'PT3S' })
  const exa = await arrives(who)
  await exa.opens('/requests')
  const request = await exa.asksFor(resource, { reason: 'Before it is too late' })
  await exa.isTold(resource, 'Expired')
  await expectMail(who.email, /^Expired: Egg/, request)
})

const byBen: Partial<Schemas['FlowInput']> = { steps: [{ approvers: ['manager'], needed: 'any' }], duration: { mode: 'fixed', choices: ['PT1H'] } }

test('A16 Error: what was approved could not be set up, until an admin has it tried again', async ({ arrives, eli, stage }) => {
  const who = await stage.hire('Erin', { manager: 'ben' })
  const resource = await stage.offerByWebhook('Engine', [who], byBen)
  await meetsTrouble(resource, { on: 'access.ensure', status: 404, times: 1 })
  const erin = await arrives(who)
  await erin.opens('/requests')
  const request = await erin.asksFor(resource, { reason: 'Turn it on' })
  await stage.decides(demoPerson('ben'), request, 'approve')
  await erin.isTold(resource, 'Error')
  await expect(erin.requestFor(resource)).toContainText('could not be set up')
  await erin.goesTo('Applications')
  await erin.settles()
  await expect(erin.held(resource)).toHaveCount(0)

  await meetsTrouble(resource)
  await eli.retries(request, 'The endpoint is repaired')
  await expect(erin.held(resource).getByRole('timer')).toHaveText(/^(5\d:\d\d|1:00:00) left$/)
  await erin.goesTo('Requests')
  await erin.isTold(resource, 'Active')
})

test('A16 Ending, and Ending (delayed): access is never called ended before it is gone', async ({ arrives, eli, stage }) => {
  const who = await stage.hire('Stan', { manager: 'ben' })
  const resource = await stage.offerByWebhook('Stubborn', [who], byBen)
  const stan = await arrives(who)
  await stan.opens('/requests')
  const request = await stan.asksFor(resource, { reason: 'Just a moment' })
  await stage.decides(demoPerson('ben'), request, 'approve')
  await stan.isTold(resource, 'Active')
  await meetsTrouble(resource, { times: 1 }, { status: 500 }) // no answer to the first call, which takes a while
  await stan.confirms(stan.requestFor(resource), 'Give back')
  await stan.isTold(resource, 'Ending: given back')
  await stan.isTold(resource, 'Ending (delayed)')
  await expect(stan.requestFor(resource)).toContainText('It is tried until it is done')

  await eli.opens('/admin/stuck')
  const stuck = eli.page.locator(`main [data-request="${request}"]`)
  await expect(stuck).toContainText('Stubborn')
  await expect(stuck).toContainText('Stan')
  await stuck.locator('summary').click()
  await expect(stuck).toContainText('answered with HTTP 500')
  await eli.settles()
  await expectAccessible(eli.page, 'Stuck revocations')

  await meetsTrouble(resource)
  await expect(async () => {
    await sweep()
    await expect(stuck).toHaveCount(0, { timeout: 5000 })
  }).toPass()
  await stan.isTold(resource, 'Ended: given back')
  await expectMail(who.email, 'Ended (given back): Stubborn', request)
})
