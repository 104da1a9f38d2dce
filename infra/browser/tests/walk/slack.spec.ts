// Slack: connecting to it in the portal, and one decision that shows everywhere.
import { Slack } from '../../people/slack'
import { expectMail } from '../../world/inbox'
import { picture } from '../../world/pictures'
import { demoPerson, expect, test } from '../../world/test'

test('A14 Integrations: Connect, choose the workspace, Accept & continue', async ({ arrives }) => {
  const gus = await arrives(demoPerson('gus'))
  await gus.opens('/integrations')
  await gus.settles()
  const { page } = gus
  if (await page.getByRole('button', { name: 'Disconnect' }).isVisible()) { // an earlier walk has connected him
    await gus.confirms(page.getByRole('main'), 'Disconnect')
  }
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  const himself = await page.getByRole('option', { name: /^Gus,/ }).getAttribute('value')
  await page.getByLabel('Choose the workspace and who you are').selectOption(himself)
  await page.getByRole('button', { name: 'Accept & continue' }).click()
  await expect(page.getByText('You are connected to Slack.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Slack' })).toContainText('Gus')
  await picture(gus, 'integrations')
})

test('A14 who declines at Slack is not connected', async ({ arrives, stage }) => {
  const who = await stage.hire('Lone')
  const lone = await arrives(who)
  await lone.opens('/integrations')
  await lone.page.getByRole('button', { name: 'Connect', exact: true }).click()
  await lone.page.getByRole('button', { name: 'Cancel' }).click()
  await expect(lone.page.getByText('You were not connected.')).toBeVisible()
})

test('A13 a decision made in Slack shows in the portal, in the message and in the mail', async ({ arrives, ben, stage }) => {
  const asker = await stage.hire('Tess', { manager: 'ben' })
  const resource = await stage.offer('Tunnel', [asker], { steps: [{ approvers: ['manager'], needed: 'any' }], duration: { mode: 'fixed', choices: ['PT1H'] } })
  const tess = await arrives(asker)
  await tess.opens('/requests')
  const request = await tess.asksFor(resource, { reason: 'Reach the servers from the train' })
  await ben.goesTo('Tasks')
  await ben.expands(request)

  const slack = await Slack.of(ben.context, 'Ben')
  const message = slack.message('Tunnel', 'Reach the servers from the train')
  await expect(message).toContainText('Tess')
  await expect(message.getByRole('link', { name: 'View access request details' }).or(message.getByRole('button', { name: 'View access request details' }))).toBeVisible()
  await slack.approves(message, 'Mind the gap')
  await expect(message.getByRole('button', { name: 'Approve' })).toHaveCount(0)

  await tess.isTold(resource, 'Active')
  await expect(tess.requestFor(resource)).toContainText('Ben approved in Slack')
  await expect(tess.requestFor(resource)).toContainText('Mind the gap')
  await expect(ben.task(request)).toContainText('Approved by you')
  await expectMail(asker.email, 'Approved: Tunnel for 1 hour', request)
  await slack.page.close()
})

test('A13 what is decided in the portal leaves nothing to press in Slack', async ({ arrives, ben, stage }) => {
  const asker = await stage.hire('Toni', { manager: 'ben' })
  const resource = await stage.offer('Tower', [asker], { steps: [{ approvers: ['manager'], needed: 'any' }] })
  const request = await stage.asks(asker, resource, { reason: 'See far' })
  const slack = await Slack.of(ben.context, 'Ben')
  const message = slack.message('Tower', 'See far')
  await expect(message.getByRole('button', { name: 'Deny' })).toBeVisible()
  await ben.goesTo('Tasks')
  await ben.denies(request, 'Too high')
  await expect(message.getByRole('button', { name: 'Deny' })).toHaveCount(0)
  const toni = await arrives(asker)
  await toni.opens('/requests')
  await toni.isTold(resource, 'Denied')
  await slack.page.close()
})
