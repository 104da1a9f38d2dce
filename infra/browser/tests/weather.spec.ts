// What people see while the API or the network has trouble, and how often the
// portal looks.
import type { Request } from '@playwright/test'
import type { Person } from '../people/person'
import type { Schemas } from '../world/api'
import { demoPerson, expect, test } from '../world/test'

/** The looks at the tasks from now on, or at something else. */
function looks(person: Person, at = 'view=to_decide'): Request[] {
  const list: Request[] = []
  person.page.on('request', (request) => { if (request.url().includes(at)) list.push(request) })
  return list
}

test('offline is said, and over as soon as the network is back', async ({ arrives }) => {
  const dan = await arrives(demoPerson('dan'))
  await dan.opens('/tasks')
  await dan.context.setOffline(true)
  await expect(dan.page.getByText('You are offline.')).toBeVisible()
  const back = looks(dan)
  await dan.context.setOffline(false)
  await expect(dan.page.getByText('You are offline.')).toBeHidden()
  await expect.poll(() => back.length).toBeGreaterThan(0)
})

test('while the API fails, what is known stays, and is brought up to date afterwards', async ({ arrives }) => {
  const dan = await arrives(demoPerson('dan'))
  await dan.opens('/tasks')
  await dan.page.route('**/v1/**', (route) => route.fulfill({ status: 503, json: { message: 'Service Unavailable' } }))
  await expect(dan.page.getByText('Latchkey does not answer.')).toBeVisible()
  await expect(dan.page.getByRole('heading', { level: 1, name: 'Tasks' })).toBeVisible()
  await dan.page.unroute('**/v1/**')
  await expect(dan.page.getByText('Latchkey does not answer.')).toBeHidden()
})

test('a page that cannot be loaded says so, and can be tried again', async ({ arrives }) => {
  const dan = await arrives(demoPerson('dan'))
  await dan.opens('/tasks')
  await dan.page.route('**/v1/access?**', (route) => route.fulfill({ status: 500, json: { message: 'Internal Server Error' } }))
  await dan.goesTo('Applications')
  await expect(dan.page.getByRole('alert')).toBeVisible()
  await dan.page.unroute('**/v1/access?**')
  await dan.page.getByRole('button', { name: 'Try again' }).click()
  await expect(dan.page.getByRole('alert')).toBeHidden()
})

test('who asks too often is told when to try again', async ({ arrives }) => {
  const dan = await arrives(demoPerson('dan'))
  await dan.opens('/tasks')
  await dan.page.route('**/v1/access?**', (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '2' }, json: { message: 'Too Many Requests' } }))
  await dan.goesTo('Applications')
  await expect(dan.page.getByText('Too many calls. Try again in 2 seconds.')).toBeVisible()
})

test('what has not changed is asked for by its tag, and costs an empty answer', async ({ arrives }) => {
  const dan = await arrives(demoPerson('dan'))
  await dan.opens('/tasks')
  const again = await dan.page.waitForResponse((response) => response.url().includes('view=to_decide') && response.status() === 304)
  expect(again.request().headers()['if-none-match']).toMatch(/^(W\/)?".+"$/)
  await expect(dan.page.getByRole('heading', { level: 1, name: 'Tasks' })).toBeVisible()
})

test('a hidden tab does not look, and looks at once when it is shown', async ({ arrives }) => {
  const dan = await arrives(demoPerson('dan'))
  await dan.page.clock.install()
  await dan.opens('/tasks')
  const seen = looks(dan)
  await dan.page.clock.fastForward('01:30')
  await expect.poll(() => seen.length).toBeGreaterThan(0)

  await dan.hides(true)
  await dan.page.waitForLoadState('networkidle')
  seen.length = 0
  await dan.page.clock.fastForward('10:00')
  await dan.page.waitForLoadState('networkidle')
  expect(seen).toHaveLength(0)
  await dan.hides(false)
  await expect.poll(() => seen.length).toBeGreaterThan(0)
})

test('access whose end is late is looked for again and again, but ever less often', async ({ arrives, stage }) => {
  const boss = await stage.hire('Bo')
  const who = await stage.hire('Olga', { manager: boss.id })
  const resource = await stage.offer('Overdue', [who], { steps: [{ approvers: ['manager'], needed: 'any' }], duration: { mode: 'fixed', choices: ['PT1H'] } })
  await stage.decides(boss, await stage.asks(who, resource), 'approve')
  const olga = await arrives(who)
  await olga.page.clock.install()
  const over = new Date(Date.now() - 5000).toISOString()
  await olga.hears('**/v1/access?**', async (answer) => {
    if (answer.status() !== 200) return {}
    const page = await answer.json() as Schemas['AccessPage']
    return { json: { ...page, data: page.data.map((held) => ({ ...held, ends_at: over })) } }
  })
  await olga.opens('/applications')
  await expect(olga.held(resource)).toContainText('The time is up')
  const [access, tasks] = [looks(olga, '/v1/access?'), looks(olga)]
  const began = Date.now()
  await expect.poll(() => access.length).toBeGreaterThanOrEqual(8)
  expect(Date.now() - began, 'eight looks, once a second').toBeGreaterThan(9000)
  expect(tasks.length, 'what has not to do with it').toBeLessThan(access.length)

  await olga.hides(true)
  await olga.page.waitForLoadState('networkidle')
  access.length = tasks.length = 0
  await olga.page.clock.fastForward('01:00')
  await olga.page.waitForLoadState('networkidle')
  expect([...access, ...tasks]).toHaveLength(0)
  await olga.hides(false)
  await expect.poll(() => access.length).toBeGreaterThan(0)
})
