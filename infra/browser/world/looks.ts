// How a page looks to people: light and dark, on a phone and on a wide screen.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const widths = [[360, 780], [1280, 900]] as const

/** Calls for each look, one after the other. */
export async function inEachLook(page: Page, look: (name: string) => Promise<void>) {
  for (const [width, height] of widths) {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await look(`${width}-${colorScheme}`)
    }
  }
}

const ofColours = ['color-contrast', 'link-in-text-block'] // all else is the same in the dark

async function findings(page: Page, look: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (look.endsWith('dark') ? axe.withRules(ofColours) : axe.withTags(rules)).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`))
}

/** How much of a page is wider than the screen. */
export async function pixelsBeside(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))
}

/** Axe finds nothing, and nothing is wider than the screen, in any look. */
export async function expectAccessible(page: Page, what: string) {
  const found: string[] = []
  await inEachLook(page, async (look) => {
    const over = await pixelsBeside(page)
    if (over > 0) found.push(`${look}: ${over} pixels beside the screen`)
    found.push(...(await findings(page, look)).map((finding) => `${look}: ${finding}`))
  })
  expect.soft(found, what).toEqual([])
}
