// How a page looks to people: light and dark, on a phone and on a wide screen.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const widths = [[360, 780], [1280, 900]] as const

const ofColours = ['color-contrast', 'link-in-text-block']

async function findings(page: Page, look: 'light' | 'dark'): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (look === 'dark' ? axe.withRules(ofColours) : axe.withTags(rules)).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`))
}

/** All that a page is but its colours: its elements with their attributes and text, whether they show, and where. */
function shape(page: Page): Promise<string> {
  return page.evaluate(() => [...document.querySelectorAll('*:not([role=timer])')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect()
    const { display, visibility, fontSize } = getComputedStyle(element)
    const attributes = [...element.attributes].map((attribute) => `${attribute.name}=${attribute.value}`)
    const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent)
    return [element.tagName, ...attributes, ...text, x, y, width, height, display, visibility, fontSize].join(' ')
  }).join('\n'))
}

const wears = (page: Page, colorScheme: 'light' | 'dark') => page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })

// At times Chromium keeps inherited colours of the look before, until it changes once more.
async function inTheDark(page: Page): Promise<string[]> {
  const found = await findings(page, 'dark')
  if (found.length === 0) return found
  await wears(page, 'light')
  await page.evaluate(() => new Promise(requestAnimationFrame))
  await wears(page, 'dark')
  await page.evaluate(() => new Promise(requestAnimationFrame))
  return findings(page, 'dark')
}

/** How much of a page is wider than the screen. */
export async function pixelsBeside(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))
}

/**
 * Axe finds nothing, and nothing is wider than the screen, in light and dark, on a
 * phone and on a wide screen. The dark page is held against the light one: it is
 * the same but for its colours, so that what the other rules found in the light
 * holds for it, and only the rules about colours are asked again.
 */
export async function expectAccessible(page: Page, what: string) {
  const found: string[] = []
  for (const [width, height] of widths) {
    await page.setViewportSize({ width, height })
    await wears(page, 'light')
    const over = await pixelsBeside(page)
    if (over > 0) found.push(`${width}: ${over} pixels beside the screen`)
    found.push(...(await findings(page, 'light')).map((finding) => `${width} light: ${finding}`))
    await expect.poll(async () => { // more than once, if something happens on the page between the two
      await wears(page, 'light')
      const light = await shape(page)
      await wears(page, 'dark')
      return await shape(page) === light
    }, { message: `${what}, ${width}: dark differs from light by colours alone` }).toBe(true)
    found.push(...(await inTheDark(page)).map((finding) => `${width} dark: ${finding}`))
  }
  expect.soft(found, what).toEqual([])
}
