// Every page is one that everyone can use: in light and dark, on a phone and on a
// wide screen.
import type { Schemas } from '../world/api'
import { expectAccessible, pixelsBeside } from '../world/looks'
import { demoPerson, expect, test } from '../world/test'

test.describe.configure({ mode: 'parallel' }) // it is the longest file by far

test('the pages without the portal around them', async ({ arrives, stage }) => {
  const stranger = await arrives(await stage.stranger('Stranger'))
  await stranger.page.goto('/')
  await stranger.signsIn()
  await expect(stranger.page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  await expectAccessible(stranger.page, 'not in the directory')
  await stranger.page.getByRole('button', { name: 'Sign out' }).click()
  await expect(stranger.page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expectAccessible(stranger.page, 'signed out')
  await stranger.page.route('**/config.json', (route) => route.fulfill({ status: 503, body: '' }))
  await stranger.page.goto('/')
  await expect(stranger.page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expectAccessible(stranger.page, 'no sign-in page')
})

test('the areas, before there is anything in them', async ({ arrives, stage }) => {
  test.slow()
  const newcomer = await arrives(await stage.hire('Newcomer'))
  for (const path of ['/applications', '/tasks', '/requests/access']) {
    await newcomer.opens(path)
    await newcomer.settles()
    await expectAccessible(newcomer.page, path)
  }
  for (const [path, says] of [['/requests/req_none', 'There is no such request'], ['/no/such/page', 'There is no such page.']] as const) {
    await newcomer.opens(path)
    await expect(newcomer.page.getByRole('heading', { level: 1, name: says })).toBeVisible()
    await expectAccessible(newcomer.page, path)
  }
  await newcomer.page.route('**/v1/access?**', (route) => route.fulfill({ status: 403, json: { message: 'Forbidden' } }))
  await newcomer.opens('/applications')
  await expect(newcomer.page.getByRole('alert')).toContainText('This could not be loaded.')
  await expectAccessible(newcomer.page, 'what could not be loaded')
})

test('rights on one’s own device', async ({ arrives }) => {
  const ana = await arrives(demoPerson('ana'))
  await ana.opens('/requests/access')
  await ana.settles()
  await ana.expandsAll()
  await expectAccessible(ana.page, 'Requests, Access')
  await ana.selects('ana-macbook')
  await expectAccessible(ana.page, 'the form for a device')
})

test('what a requester asks, follows and holds', async ({ arrives, stage }) => {
  test.slow()
  const boss = await stage.hire('Bo')
  const who = await stage.hire('Rita', { manager: boss.id })
  const steps: Schemas['FlowStep'][] = [{ approvers: ['manager'], needed: 'any' }, { approvers: ['group:security'], needed: 2 }]
  const duration: Schemas['DurationRule'] = { mode: 'choice', choices: ['PT1H', 'PT8H'], max: 'P1D', extend: { up_to: 'PT1H', times: 2, approvers: ['manager'] } }
  const fields: Schemas['Field'][] = [{ id: 'ticket', label: 'Ticket', required: true }, { id: 'area', label: 'Area', choices: ['North', 'South'] }]
  const waits = await stage.offer('Waits', [who], { steps, duration, fields, starts_within: 'P7D' })
  const asked = await stage.asks(who, waits, { duration: 'PT1H', answers: { ticket: 'OPS-1' } })
  const questioned = await stage.asks(who, await stage.offer('Questioned', [who], { steps }))
  await stage.decides(boss, questioned, 'ask', 'What for?')
  const refused = await stage.asks(who, await stage.offer('Refused', [who], { steps }))
  await stage.decides(boss, refused, 'deny', 'Not now')
  const given = await stage.offer('Given', [who], { steps: steps.slice(0, 1), duration })
  await stage.decides(boss, await stage.asks(who, given, { duration: 'PT1H' }), 'approve')
  const open = await stage.offer('Open', [who], { steps, duration, fields, starts_within: 'P7D' })

  const rita = await arrives(who)
  await rita.opens('/requests')
  await rita.isTold(given, 'Active')
  await rita.expandsAll()
  await expectAccessible(rita.page, 'Requests')
  const dialog = await rita.selects(open)
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expectAccessible(rita.page, 'the form, with what is missing')
  await rita.page.keyboard.press('Escape')
  await rita.expands(waits)
  await rita.item(waits).getByRole('button', { name: 'Cancel request' }).click()
  await expectAccessible(rita.page, 'a confirmation')
  await rita.opens('/applications')
  await rita.settles()
  await expect(rita.held(given)).toBeVisible()
  await expectAccessible(rita.page, 'Applications')
  await rita.held(given).getByRole('button', { name: 'Extend' }).click()
  await expectAccessible(rita.page, 'more time')
  await rita.opens(`/requests/${questioned}`)
  await rita.settles()
  await rita.expandsAll()
  await expectAccessible(rita.page, 'a request')

  const bo = await arrives(boss)
  await bo.opens('/tasks')
  await bo.settles()
  await bo.page.locator('main summary').first().click()
  await expectAccessible(bo.page, 'Tasks')
  await bo.opens(`/requests/${asked}`)
  for (const button of ['Grant access', 'Deny access', 'Ask']) {
    await bo.page.getByRole('button', { name: button, exact: true }).click()
    await expectAccessible(bo.page, button)
    await bo.page.keyboard.press('Escape')
  }
})

test('being away, and the integrations', async ({ arrives, stage }) => {
  test.slow()
  const who = await arrives(await stage.hire('Ayla'))
  await who.opens('/away')
  await who.settles()
  await who.page.getByRole('button', { name: 'Let them decide' }).click()
  await expectAccessible(who.page, 'Out of office, with what is missing')
  await who.page.getByLabel('Email of who decides for you').fill('ben@example.com')
  await expect(who.page.getByText('✓ Ben')).toBeVisible()
  await who.page.getByRole('button', { name: 'Let them decide' }).click()
  await expect(who.page.getByRole('heading', { name: 'Ben can decide for you' })).toBeVisible()
  await expectAccessible(who.page, 'Out of office, with a delegate')
  await who.opens('/integrations')
  await who.settles()
  await expectAccessible(who.page, 'Integrations')
  await who.page.goto('/integrations/slack?error=access_denied')
  await expect(who.page.getByText('You were not connected.')).toBeVisible()
  await expectAccessible(who.page, 'back from Slack')
})

const admins = [
  'requests', 'sessions', 'stuck', 'resources', 'resources/new', 'resources/prod-db', 'flows', 'flows/new', 'flows/prod-db-flow',
  'flows/prod-db-flow?view=simulate', 'flows/prod-db-flow?view=versions', 'flows/prod-db-flow?view=history', 'people', 'people/new', 'people/ana',
  'groups', 'groups/new', 'groups/security', 'devices', 'devices/new', 'devices/ana-macbook', 'settings',
]

for (const [part, paths] of [['first', admins.slice(0, 11)], ['second', admins.slice(11)]] as const) {
  test(`the admin’s pages, the ${part} half`, async ({ arrives }) => {
    const eli = await arrives(demoPerson('eli'))
    for (const path of paths) {
      await eli.opens(`/admin/${path}`)
      await eli.settles()
      await expectAccessible(eli.page, path)
    }
  })
}

test('an admin’s moves', async ({ arrives, stage }) => {
  test.slow()
  const who = await stage.hire('Mona')
  const request = await stage.asks(who, await stage.offer('Moved', [who], { duration: { mode: 'fixed', choices: ['PT1H'] } }), {})
  const eli = await arrives(demoPerson('eli'))
  await eli.opens(`/requests/${request}`)
  await eli.page.getByRole('button', { name: 'Override' }).click()
  await eli.page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  await expectAccessible(eli.page, 'an override, with what is missing')
  await eli.page.keyboard.press('Escape')
  await eli.page.getByText('History', { exact: true }).click()
  await expect(eli.page.getByText('Mona asked for it')).toBeVisible()
  await eli.settles()
  await eli.expandsAll()
  await expectAccessible(eli.page, 'a request, with its history')

  await stage.decides(demoPerson('eva'), request, 'approve')
  await eli.opens('/admin/sessions')
  await eli.page.locator(`[data-request="${request}"]`).getByRole('checkbox').check()
  await eli.page.getByRole('button', { name: 'Revoke 1' }).click()
  await expectAccessible(eli.page, 'taking much away')
})

test('German fits on a phone', async ({ arrives }) => {
  test.slow()
  const eli = await arrives(demoPerson('eli'), { locale: 'de-DE', viewport: { width: 360, height: 780 } })
  for (const path of ['/requests', '/applications', '/tasks', '/integrations', '/away', ...admins.map((page) => `/admin/${page}`)]) {
    await eli.opens(path)
    await eli.settles()
    expect.soft(await pixelsBeside(eli.page), path).toBe(0)
  }
})

test('the sheet of further areas on a phone', async ({ arrives }) => {
  const eli = await arrives(demoPerson('eli'), { viewport: { width: 360, height: 780 } })
  await eli.opens('/tasks')
  await eli.page.getByRole('button', { name: 'More' }).click()
  await expect(eli.page.getByRole('dialog', { name: 'More' })).toBeVisible()
  await expectAccessible(eli.page, 'More')
})
