// Every page is one that everyone can use: in light and dark, on a phone and on a
// wide screen.
import { expectAccessible } from '../world/looks'
import { demoPerson, expect, test } from '../world/test'

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
  for (const path of ['/applications', '/tasks', '/integrations', '/away', '/requests/access', '/requests/req_none', '/no/such/page']) {
    await newcomer.opens(path)
    await newcomer.settles()
    await expectAccessible(newcomer.page, path)
  }
})

test('the sheet of further areas on a phone', async ({ arrives }) => {
  const eli = await arrives(demoPerson('eli'), { viewport: { width: 360, height: 780 } })
  await eli.opens('/tasks')
  await eli.page.getByRole('button', { name: 'More' }).click()
  await expect(eli.page.getByRole('dialog', { name: 'More' })).toBeVisible()
  await expectAccessible(eli.page, 'More')
})
