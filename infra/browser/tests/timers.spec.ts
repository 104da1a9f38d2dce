// Timers tell what the API's clock says remains, whatever the laptop's clock does.
import type { Person, Who } from '../people/person'
import { expectMail } from '../world/inbox'
import type { Schemas } from '../world/api'
import type { Stage } from '../world/stage'
import { expect, test } from '../world/test'

/** Someone holds something for an hour. */
async function holds(stage: Stage): Promise<{ who: Who; request: string }> {
  const ben = await stage.hire('Ben')
  const who = await stage.hire('Tim', { manager: ben.id })
  const request = await stage.asks(who, await stage.offer('Clockwork', [who], {
    steps: [{ approvers: ['manager'], needed: 'any' }], duration: { mode: 'fixed', choices: ['PT1H'] },
  }))
  await stage.decides(ben, request, 'approve')
  return { who, request }
}

const timer = (person: Person) => person.page.locator('main').getByRole('timer')

/** What a timer shows, in seconds. */
async function left(person: Person): Promise<number> { return Number(await timer(person).getAttribute('data-left')) }

/** How a timer differs from what remains by the API's clock, in seconds. It is read between two looks at the clock. */
async function off(tim: Person, endsAt: string, ahead = 0): Promise<number> {
  await expect(timer(tim)).toBeVisible()
  const remains = () => (Date.parse(endsAt) - Date.now() - ahead) / 1000 // this program's clock is the API's
  const before = remains()
  const shown = await left(tim)
  const after = remains()
  return Math.max(0, shown - before, after - shown)
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
  const before = await left(tim)
  await expect.poll(() => left(tim)).toBeLessThanOrEqual(before - 3)
  await expect.poll(() => off(tim, end)).toBeLessThanOrEqual(1)
})

test('a laptop whose clock is wrong shows what remains all the same', async ({ arrives, stage }) => {
  const { who, request } = await holds(stage)
  const tim = await arrives(who)
  await tim.opens('/applications')
  await tim.page.clock.install({ time: Date.now() + 3 * 3600_000 }) // longer than a token lives
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
  await tim.hears('**/v1/**', (answer) => {
    const date = new Date(Date.parse(answer.headers()['date'] ?? '') - ago).toUTCString()
    return Promise.resolve({ headers: { ...answer.headers(), date } })
  })
  await tim.opens('/applications')
  const end = await endsAt(tim, request)
  await expect.poll(() => off(tim, end, -ago)).toBeLessThanOrEqual(1)

  ago = 0
  await tim.page.clock.setSystemTime(Date.now()) // no timer of the page has run meanwhile
  await expect.poll(() => off(tim, end)).toBeLessThanOrEqual(1)
})

test('A6 access that ends leaves the page without a reload', async ({ arrives, stage }) => {
  const ben = await stage.hire('Ben')
  const who = await stage.hire('Tim', { manager: ben.id })
  const resource = await stage.offer('Clockwork', [who], {
    steps: [{ approvers: ['manager'], needed: 'any' }], duration: { mode: 'fixed', choices: ['PT1M'] },
  })
  const tim = await arrives(who)
  await tim.opens('/applications') // it is short, so he looks before it begins
  await tim.settles()
  await stage.decides(ben, await stage.asks(who, resource), 'approve')
  await expect(tim.held(resource).getByRole('timer')).toBeVisible()
  await expect(tim.held(resource)).toBeHidden()
  await expect(tim.page.getByText('You hold nothing right now')).toBeVisible()
  await expectMail(who.email, 'Ended (expired): Clockwork')
  await tim.goesTo('Requests')
  await tim.isTold(resource, 'Ended: time is up')
})
