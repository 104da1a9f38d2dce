// Someone who has the portal open.
import { expect, type APIResponse, type Browser, type BrowserContext, type BrowserContextOptions, type Page, type Route } from '@playwright/test'
import { Api, reachable } from '../world/api'
import { password, stack } from '../world/stack'

export interface Who {
  id: string
  email: string
  name: string
}

// The headings of pages that are not there or are broken, in English and German.
const noPage = /^(There is no such |There is none of this id|Something went wrong |Diese (Seite|Anfrage|Kennung) gibt es nicht|Auf dieser Seite ist etwas schief)/

/** Whether it is a file of the portal, none of which is ever missing. What else is refused, the pages say. */
function ownFile(url: string): boolean {
  const { origin, pathname } = new URL(url || 'about:blank')
  return origin === stack.portal && !pathname.startsWith('/v1/') && pathname !== '/config.json'
}

/** What the browser complained of, which nothing may give it a reason for. */
function complaints(page: Page): string[] {
  const list: string[] = []
  page.on('pageerror', (error) => list.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    const { url } = message.location()
    const refused = message.text().startsWith('Failed to load resource') && !ownFile(url)
    if (['error', 'warning'].includes(message.type()) && !refused) list.push(`${page.url()}: ${message.text()} ${url}`)
  })
  return list
}

export class Person {
  readonly api: Api
  readonly complaints: string[]

  constructor(readonly who: Who, readonly context: BrowserContext, readonly page: Page) {
    this.api = new Api(who.email)
    this.complaints = complaints(page)
  }

  /** `Requester.with(browser, ana)`: Ana with a browser of her own. */
  static async with<P extends Person>(
    this: new (who: Who, context: BrowserContext, page: Page) => P,
    browser: Browser, who: Who, options: BrowserContextOptions = {},
  ): Promise<P> {
    const context = await browser.newContext({ baseURL: stack.portal, ...options })
    return new this(who, context, await context.newPage())
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

  /** Waits until nothing on the page is still being loaded, and it is the page that was meant. */
  async settles() {
    await this.settlesAnyhow()
    const page = this.page.locator('main#main')
    await expect(page.getByRole('alert')).toHaveCount(0) // such as what could not be loaded
    await expect(page.getByRole('heading', { name: noPage })).toHaveCount(0)
  }

  /** The same, where the page is one that says what is wrong. */
  async settlesAnyhow() {
    await expect(this.page.locator('main#main').getByRole('heading').first()).toBeVisible()
    await expect(this.page.getByText(/^(Loading|Wird geladen) …$/)).toHaveCount(0)
  }

  /** Opens everything on the page that expands. */
  async expandsAll() {
    const closed = this.page.locator('main details:not([open]) > summary')
    while (await closed.count() > 0) await closed.first().click()
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

  /** Presses Tab until something has the focus. */
  async tabsTo(role: 'link' | 'button' | 'tab' | 'textbox' | 'combobox', name: string | RegExp) {
    const wanted = this.page.getByRole(role, { name }).and(this.page.locator(':focus'))
    for (let n = 0; n < 60; n++) {
      if (await wanted.count() > 0) return
      await this.page.keyboard.press('Tab')
    }
    await expect(wanted, `${role} ${name} by Tab`).toHaveCount(1)
  }

  /** A second tab in the same browser. */
  async opensTab(path: string): Promise<this> {
    const Same = this.constructor as new (who: Who, context: BrowserContext, page: Page) => this
    const tab = new Same(this.who, this.context, await this.context.newPage())
    await tab.opens(path)
    return tab
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
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    }, hidden ? 'hidden' : 'visible')
  }

  /** Lets some answers of the API be other than they are. */
  async hears(path: string, change: (answer: APIResponse) => Promise<Parameters<Route['fulfill']>[0]>) {
    await this.page.route(path, async (route) => {
      const answer = await route.fetch({ url: reachable(route.request().url()) })
      await route.fulfill({ response: answer, ...await change(answer) })
    })
  }

  async leaves() {
    await this.page.unrouteAll({ behavior: 'ignoreErrors' })
    await this.context.close()
  }
}
