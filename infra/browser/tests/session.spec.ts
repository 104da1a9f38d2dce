// Signing in and out, and whom the portal turns away.
import type { Request } from '@playwright/test'
import { demoPerson, expect, test } from '../world/test'

test('a link that is opened signed out is where one is after signing in', async ({ arrives }) => {
  const dora = await arrives(demoPerson('dora'))
  await dora.page.goto('/requests/access?from=mail')
  await dora.signsIn()
  await dora.sees('/requests/access?from=mail')
  await dora.page.reload()
  await dora.sees('/requests/access?from=mail')
  await expect(dora.page.locator('main#main')).toBeVisible()
})

test('the address bar and the history keep nothing of the sign-in', async ({ arrives }) => {
  const dora = await arrives(demoPerson('dora'))
  await dora.opens('/tasks')
  expect(dora.page.url()).not.toContain('code=')
  const stored = await dora.page.evaluate(() => ({ local: Object.keys(localStorage), cookie: document.cookie }))
  expect(stored).toEqual({ local: [], cookie: '' })
})

test('who signs out stays out until they sign in again', async ({ arrives }) => {
  const dora = await arrives(demoPerson('dora'))
  await dora.opens('/tasks')
  await dora.signsOut()
  await expect(dora.page.getByRole('heading', { name: 'You are signed out.' })).toBeVisible()
  expect(await dora.page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('oidc.user')))).toEqual([])
  await dora.page.goto('/tasks')
  await expect(dora.page.getByRole('heading', { name: 'You are signed out.' })).toBeVisible()
  await dora.page.getByRole('button', { name: 'Sign in' }).click()
  await dora.signsIn()
  await dora.sees('/tasks')
})

test('no look of the page at its tasks gets in the way of signing out', async ({ arrives }) => {
  const dora = await arrives(demoPerson('dora'))
  await dora.opens('/tasks')
  let over = false
  const elsewhere: string[] = []
  const away = (request: Request) => request.isNavigationRequest() && request.url().includes('/authorize')
  dora.page.on('request', (request) => { if (away(request)) elsewhere.push(request.url()) })
  await dora.page.route('**/logout**', async (route) => {
    await dora.page.waitForRequest(away, { timeout: 8000 }).catch(() => undefined) // a look that finds no token would go to sign in
    over = true
    await route.continue()
  })
  await dora.page.getByRole('button', { name: 'Sign out' }).click({ noWaitAfter: true })
  await expect(dora.page.getByRole('heading', { name: 'You are signed out.' })).toBeVisible()
  expect(over, 'the company’s own session was ended').toBe(true)
  expect(elsewhere).toEqual([])
})

test('who signs out in one tab is signed out in the others', async ({ arrives, everyone }) => {
  const dora = await arrives(demoPerson('dora'))
  await dora.opens('/tasks')
  const other = await dora.opensTab('/applications')
  everyone.push(other)
  await dora.signsOut()
  for (const tab of [dora, other]) await expect(tab.page.getByRole('heading', { name: 'You are signed out.' })).toBeVisible()
  expect(await other.token()).toBe('')
})

test('a sign-in that ends in the middle of something says so, and takes nothing away', async ({ arrives, stage }) => {
  const boss = await stage.hire('Bo')
  const who = await stage.hire('Enda', { manager: boss.id })
  const resource = await stage.offer('Essay', [who], { steps: [{ approvers: ['manager'], needed: 'any' }] })
  const enda = await arrives(who)
  await enda.opens('/requests')
  const form = await enda.selects(resource)
  await enda.fillsIn(form, { reason: 'A long thought' })
  await enda.page.route('**/v1/**', (route) => route.fulfill({ status: 401, json: { message: 'Unauthorized' } }))
  const ended = enda.page.getByRole('main').locator('[role=alert]', { hasText: 'Your sign-in has ended.' }).first()
  await expect(ended).toBeAttached() // by the next look, behind the form
  await form.getByRole('button', { name: 'Continue' }).click()
  await expect(form.getByRole('alert')).toContainText('Your sign-in has ended.') // and it is not busy for ever
  await expect(form.getByRole('textbox')).toHaveValue('A long thought')
  await enda.sees('/requests')
  await enda.page.unroute('**/v1/**')

  await enda.page.keyboard.press('Escape')
  await enda.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await enda.signsIn()
  await enda.sees('/requests')
  await expect(ended).toHaveCount(0)
  const again = await enda.selects(resource)
  await expect(again.getByRole('textbox')).toHaveValue('A long thought')
  await enda.submits(again)
})

test('a token that is refused as soon as it was given does not send people round in circles', async ({ arrives }) => {
  const dora = await arrives(demoPerson('dora'))
  await dora.page.route('**/v1/**', (route) => route.fulfill({ status: 401, json: { message: 'Unauthorized' } }))
  await dora.page.goto('/tasks')
  await dora.signsIn()
  await expect(dora.page.getByRole('alert')).toBeVisible()
  await dora.page.unroute('**/v1/**')
  await dora.page.getByRole('button', { name: 'Try again' }).click()
  await dora.signsIn()
  await dora.sees('/tasks')
  await expect(dora.page.locator('main#main')).toBeVisible()
})

test('a token that is about to end is renewed before the next call', async ({ arrives }) => {
  const dora = await arrives(demoPerson('dora'))
  await dora.opens('/tasks')
  const before = await dora.token()
  await dora.page.evaluate(() => {
    const key = Object.keys(sessionStorage).find((name) => name.startsWith('oidc.user'))!
    const user = JSON.parse(sessionStorage.getItem(key)!) as { profile: object }
    sessionStorage.setItem(key, JSON.stringify({ ...user, profile: { ...user.profile, exp: Math.floor(Date.now() / 1000) + 30 } }))
  })
  await expect.poll(() => dora.token()).not.toBe(before)
  await dora.goesTo('Applications')
  await expect(dora.page.getByRole('alert')).toHaveCount(0)
})

test('who is not in the directory is told so, and can leave', async ({ arrives, stage }) => {
  const stranger = await arrives(await stage.stranger('Stranger'))
  await stranger.page.clock.install()
  await stranger.page.goto('/requests')
  await stranger.signsIn()
  await expect(stranger.page.getByRole('heading', { name: 'You are not in Latchkey’s directory.' })).toBeVisible()
  await stranger.page.clock.fastForward('00:40') // reads it, and gets a coffee; the page looks again when they are back
  await stranger.page.getByRole('button', { name: 'Sign out' }).click()
  await expect(stranger.page.getByRole('heading', { name: 'You are signed out.' })).toBeVisible()
})

test('who is suspended is told so', async ({ arrives, stage }) => {
  const sue = await arrives(await stage.hire('Sue'))
  await sue.opens('/tasks')
  await stage.suspends(sue.who)
  await sue.page.reload()
  await expect(sue.page.getByRole('heading', { name: 'You are suspended.' })).toBeVisible()
})

test('an answer of the sign-in page that is not for this tab changes nothing', async ({ arrives }) => {
  const dora = await arrives(demoPerson('dora'))
  await dora.page.goto('/callback?code=stolen&state=unknown')
  await expect(dora.page.getByRole('heading', { name: 'Signing in did not work. Nothing was changed.' })).toBeVisible()
  await dora.page.getByRole('button', { name: 'Try again' }).click()
  await dora.signsIn()
  await expect(dora.page.locator('main#main')).toBeVisible()
})

test('an old answer of the sign-in page, from the history, leads who is signed in to the start', async ({ arrives }) => {
  const dora = await arrives(demoPerson('dora'))
  await dora.opens('/tasks')
  await dora.page.goto('/callback?code=old&state=gone')
  await dora.settles()
  expect(dora.page.url()).not.toContain('code=')
})

test('where nobody says where to sign in, it can be tried again', async ({ arrives }) => {
  const dora = await arrives(demoPerson('dora'))
  await dora.page.route('**/config.json', (route) => route.fulfill({ status: 503, body: '' }))
  await dora.page.goto('/tasks')
  await expect(dora.page.getByRole('heading', { name: 'The sign-in page of your company does not answer.' })).toBeVisible()
  await dora.page.unroute('**/config.json')
  await dora.page.getByRole('button', { name: 'Try again' }).click()
  await dora.signsIn()
  await dora.sees('/tasks')
})
