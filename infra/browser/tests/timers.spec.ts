// Timers tell what the API's clock says remains, whatever the laptop's clock does.
import type { Person, Who } from '../people/person'
import type { Schemas } from '../world/api'
import type { Stage } from '../world/stage'
import { expect, test } from '../world/test'

/** Someone holds something for an hour, or for as long as is said. */
async function holds(stage: Stage, duration = 'PT1H'): Promise<{ who: Who; resource: string; request: string }> {
  const ben = await stage.hire('Ben')
  const who = await stage.hire('Tim', { manager: ben.id })
  const resource = await stage.offer('Clockwork', [who], {
    steps: [{ approvers: ['manager'], needed: 'any' }], duration: { mode: 'fixed', choices: [duration] },
  })
  const request = await stage.asks(who, resource)
  await stage.decides(ben, request, 'approve')
  return { who, resource, request }
}

const timer = (person: Person) => person.page.locator('main').getByRole('timer')

/** How the timer differs from what remains by the API's clock, in seconds, in the middle of one of its seconds. */
async function off(tim: Person, endsAt: string, ahead = 0): Promise<number> {
  const real = Date.now() + ahead // this program's clock is the API's
  await expect(timer(tim)).toBeVisible()
  const shown = Number(await timer(tim).getAttribute('data-left'))
  return Math.abs(shown - (Date.parse(endsAt) - real) / 1000)
}

async function endsAt(tim: Person, request: string): Promise<string> {
  const { ends_at } = await tim.api.get<Schemas['Request']>(`/v1/requests/${request}`)
  return ends_at ?? ''
}

test('a timer agrees with ends_at to the second', async ({ arrives, stage }) => {
  const { who, request } = await holds(stage)
  const tim = await arrives(who)
  await tim.opens('/applications')
  const end = await endsAt(tim, request)
  await expect(timer(tim)).toHaveAttribute('datetime', end)
  await expect.poll(() => off(tim, end)).toBeLessThanOrEqual(1)
  // It goes on by itself, a second at a time.
  const before = Number(await timer(tim).getAttribute('data-left'))
  await expect(timer(tim)).toHaveAttribute('data-left', String(before - 3))
  expect(await off(tim, end)).toBeLessThanOrEqual(1)
})

test('a laptop whose clock is wrong shows what remains all the same', async ({ arrives, stage }) => {
  const { who, request } = await holds(stage)
  const tim = await arrives(who)
  await tim.opens('/applications')
  await tim.page.clock.install({ time: Date.now() + 17 * 60_000 })
  await tim.opens('/applications')
  const end = await endsAt(tim, request)
  await expect.poll(() => off(tim, end)).toBeLessThanOrEqual(1)
  await tim.page.clock.setSystemTime(Date.now() - 3 * 3600_000) // somebody sets it
  await expect.poll(() => off(tim, end)).toBeLessThanOrEqual(1)
})

test('after the laptop slept, the timer is right at once', async ({ arrives, stage }) => {
  const { who, request } = await holds(stage)
  const tim = await arrives(who)
  const slept = 25 * 60_000
  let ago = slept // the evening before: everybody's clock is that much earlier
  await tim.opens('/applications')
  await tim.page.clock.install({ time: Date.now() - ago })
  await tim.page.route('**/v1/**', async (route) => {
    const response = await route.fetch()
    const date = new Date(Date.parse(response.headers()['date'] ?? '') - ago).toUTCString()
    await route.fulfill({ response, headers: { ...response.headers(), date } })
  })
  await tim.opens('/applications')
  const end = await endsAt(tim, request)
  await expect.poll(() => off(tim, end, -ago)).toBeLessThanOrEqual(1)

  ago = 0
  await tim.page.clock.setSystemTime(Date.now()) // no timer of the page has run meanwhile
  await expect.poll(() => off(tim, end), { timeout: 3000 }).toBeLessThanOrEqual(1)
})

test('access that ends leaves the page by itself', async ({ arrives, stage }) => {
  const { who } = await holds(stage, 'PT20S')
  const tim = await arrives(who)
  await tim.opens('/applications')
  await expect(timer(tim)).toBeVisible()
  await expect(tim.page.getByText('Clockwork')).toBeVisible()
  await expect(tim.page.getByText('Clockwork')).toBeHidden({ timeout: 60_000 })
})
