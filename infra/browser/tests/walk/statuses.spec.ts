// A16: the statuses that no other walk meets, as the requester reads them.
import { expectMail } from '../../world/inbox'
import { expect, test } from '../../world/test'

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
