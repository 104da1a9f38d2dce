// Someone who has the portal open.
import { expect, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test'
import { Api } from '../world/api'
import { password, stack } from '../world/stack'

export interface Who {
  id: string
  email: string
  name: string
}

/** What the browser complained of, which nothing may give it a reason for. */
function complaints(page: Page): string[] {
  const list: string[] = []
  page.on('pageerror', (error) => list.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    const refused = message.text().startsWith('Failed to load resource') // the pages say so themselves
    if (['error', 'warning'].includes(message.type()) && !refused) list.push(`${page.url()}: ${message.text()}`)
  })
  return list
}

export class Person {
  readonly api: Api
  readonly complaints: string[]

  private constructor(readonly who: Who, readonly context: BrowserContext, readonly page: Page) {
    this.api = new Api(who.email)
    this.complaints = complaints(page)
  }

  static async with(browser: Browser, who: Who, options: BrowserContextOptions = {}): Promise<Person> {
    const context = await browser.newContext({ baseURL: stack.portal, ...options })
    return new Person(who, context, await context.newPage())
  }

  get name() { return this.who.name }

  /** Fills in the sign-in page of the company. */
  async signsIn(email = this.who.email) {
    await this.page.getByLabel(/username|email/i).fill(email)
    await this.page.getByLabel('Password').fill(password)
    await this.page.getByRole('button', { name: /sign in/i }).click()
  }

  /** Goes to a page of the portal, by way of the sign-in page where the portal sends them there. */
  async opens(path: string) {
    await this.page.goto(path)
    const portal = this.page.locator('main#main')
    const signIn = this.page.getByLabel('Password')
    await portal.or(signIn).first().waitFor()
    if (await signIn.isVisible()) {
      await this.signsIn()
      await portal.waitFor()
    }
    await this.sees(path)
  }

  /** Waits until nothing on the page is still being loaded. */
  async settles() {
    await expect(this.page.getByText('Loading …')).toHaveCount(0)
    await expect(this.page.getByRole('heading', { level: 1 }).or(this.page.getByRole('heading', { level: 2 })).first()).toBeVisible()
  }

  /** Follows a link of the portal's areas. */
  async goesTo(area: 'Requests' | 'Applications' | 'Tasks' | 'Integrations' | 'Out of office' | 'Admin') {
    await this.page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name: area }).click()
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible()
  }

  /** Is at a page of the portal. */
  async sees(path: string) {
    await expect(this.page).toHaveURL(stack.portal + path)
  }

  async signsOut() { await this.page.getByRole('button', { name: 'Sign out' }).click() }

  /** The ID token that the tab has. */
  async token(): Promise<string> {
    return this.page.evaluate(() => {
      const key = Object.keys(sessionStorage).find((name) => name.startsWith('oidc.user'))
      return key ? (JSON.parse(sessionStorage.getItem(key)!) as { id_token: string }).id_token : ''
    })
  }

  /** Goes to another tab, or comes back to this one. */
  async hides(hidden: boolean) {
    await this.page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden ? 'hidden' : 'visible')
  }

  async leaves() { await this.context.close() }
}
