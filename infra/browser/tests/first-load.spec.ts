// What a first visit costs, and what the page is allowed.
import type { Page, Response } from '@playwright/test'
import { stack } from '../world/stack'
import { demoPerson, expect, test } from '../world/test'

const budget = 150_000 // bytes of JavaScript, compressed

const issuer = new URL(stack.endpoint)
const portal = new URL(stack.portal)

/** Everything that a page asks for. */
function asked(page: Page): Response[] {
  const list: Response[] = []
  page.on('response', (response) => list.push(response))
  return list
}

test('the first load is small, comes from the portal alone, and nothing on it moves', async ({ arrives }) => {
  const ana = await arrives(demoPerson('ana'))
  const answers = asked(ana.page)
  const strict: string[] = []
  ana.page.on('console', (message) => {
    if (message.location().url.startsWith(stack.portal)) strict.push(message.text())
  })
  await ana.page.addInitScript(() => {
    const shifts: string[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Element }[] })[]) {
        shifts.push(`${entry.value} by ${entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80)).join(', ')}`)
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await ana.opens('/requests')
  await ana.page.waitForLoadState('networkidle')
  expect(await ana.page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([])

  const hosts = new Set(answers.map((answer) => new URL(answer.url()).host))
  hosts.delete(portal.host)
  for (const host of hosts) expect(host, 'a host that is asked').toMatch(new RegExp(`:${issuer.port}$`)) // the issuer's is at localhost, under several names
  const scripts = answers.filter((answer) => answer.request().resourceType() === 'script')
  // Those of the second time, after the sign-in, come from the cache and have no size.
  const sizes = new Map<string, number>()
  for (const script of scripts) {
    const { responseBodySize: size } = await script.request().sizes()
    sizes.set(script.url(), Math.max(size, sizes.get(script.url()) ?? 0))
  }
  expect([...sizes].filter(([, size]) => size <= 0), 'scripts without a size').toEqual([])
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  expect(total, JSON.stringify([...sizes])).toBeLessThan(budget)
  expect(total, 'less than React alone is not what was meant').toBeGreaterThan(budget / 3)
  expect(strict).toEqual([])
})

test('files of a name that says what is in them are kept, the page itself never', async ({ arrives }) => {
  const ana = await arrives(demoPerson('ana'))
  const answers = asked(ana.page)
  await ana.opens('/requests')
  const of = (type: string) => answers.filter((answer) => answer.request().resourceType() === type && answer.url().startsWith(stack.portal))
  for (const answer of [...of('script'), ...of('stylesheet'), ...of('font')]) {
    expect(answer.headers()['cache-control'], answer.url()).toBe('public, max-age=31536000, immutable')
    expect(answer.headers()['x-content-type-options'], answer.url()).toBe('nosniff')
  }
  // The smallest are not worth compressing.
  const plain = of('script').filter((answer) => answer.headers()['content-encoding'] !== 'br')
  expect(of('script').length).toBeGreaterThan(plain.length)
  for (const answer of plain) expect(Number(answer.headers()['content-length']), `bytes of ${answer.url()}, not compressed`).toBeLessThan(1024)
  const page = of('document')[0]!
  expect(page.headers()['cache-control']).toBe('no-cache')
  expect(page.headers()).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY' })
})

test('no script runs but the portal’s, nobody else is called, and nobody frames it', async ({ arrives }) => {
  const ana = await arrives(demoPerson('ana'))
  await ana.opens('/tasks')
  await ana.page.evaluate(() => {
    const refused: string[] = []
    Object.assign(window, { refused })
    addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective))
    const script = document.createElement('script')
    try { script.text = 'window.injected = true' } catch { /* told as an event */ }
    document.body.append(script)
    fetch('https://elsewhere.example.com').catch(() => undefined)
    const frame = document.createElement('iframe')
    frame.src = location.href
    document.body.append(frame)
  })
  await expect.poll(() => ana.page.evaluate(() => (window as unknown as { refused: string[] }).refused.toSorted()))
    .toEqual(['connect-src', 'frame-src', 'require-trusted-types-for'])
  expect(await ana.page.evaluate(() => 'injected' in window)).toBe(false)
  ana.complaints.length = 0 // of what was just tried
})
