// The people of the demo company, each with a portal open for as long as a file's
// stories take, and the promise that no browser of theirs complains.
import { test as base, type Browser, type BrowserContextOptions } from '@playwright/test'
import { Admin } from '../people/admin'
import { Approver } from '../people/approver'
import { Person, type Who } from '../people/person'
import { Requester } from '../people/requester'
import { inTheWay, stack } from './stack'
import { Stage } from './stage'

interface Company {
  ana: Requester
  gus: Requester
  ben: Approver
  chloe: Approver
  dan: Approver
  dina: Approver
  eli: Admin
  eva: Admin
}

interface PerTest {
  /** Someone with a browser of their own, until the story is over. */
  arrives: (who: Who, options?: BrowserContextOptions) => Promise<Requester>
  calm: void
}

interface PerWorker extends Company {
  stage: Stage
  /** Everyone who is there, whoever they are. */
  everyone: Person[]
}

/** One of the demo company. */
export function demoPerson(id: string): Who {
  const found = stack.people.find((person) => person.id === id)
  if (!found) throw new Error(`the demo company has no ${id}`)
  return { id, email: found.email, name: id.charAt(0).toUpperCase() + id.slice(1) }
}

type Arrive<P> = (browser: Browser, who: Who) => Promise<P>
type Use<P> = (person: P) => Promise<void>

// Someone of the demo company, who stays, and begins signed in at their tasks.
function stays<P extends Person>(arrive: Arrive<P>, id: string) {
  return [async ({ browser, everyone }: { browser: Browser; everyone: Person[] }, use: Use<P>) => {
    const person = await arrive(browser, demoPerson(id))
    everyone.push(person)
    await person.opens('/tasks')
    await use(person)
    await person.leaves()
  }, { scope: 'worker' }] as [(has: { browser: Browser; everyone: Person[] }, use: Use<P>) => Promise<void>, { scope: 'worker' }]
}

const requester = (browser: Browser, who: Who) => Requester.with(browser, who)
const approver = (browser: Browser, who: Who) => Approver.with(browser, who)
const admin = (browser: Browser, who: Who) => Admin.with(browser, who)

export const test = base.extend<PerTest, PerWorker>({
  stage: [async ({}, use) => { await use(new Stage()) }, { scope: 'worker' }],
  everyone: [async ({}, use) => { await use([]) }, { scope: 'worker' }],

  ana: stays(requester, 'ana'),
  gus: stays(requester, 'gus'),
  ben: stays(approver, 'ben'),
  chloe: stays(approver, 'chloe'),
  dan: stays(approver, 'dan'),
  dina: stays(approver, 'dina'),
  eli: stays(admin, 'eli'),
  eva: stays(admin, 'eva'),

  arrives: async ({ browser, everyone }, use) => {
    const arrived: Person[] = []
    await use(async (who, options) => {
      const person = await Requester.with(browser, who, options)
      arrived.push(person)
      everyone.push(person)
      return person
    })
    for (const person of arrived) await person.leaves()
  },

  calm: [async ({ everyone }, use, story) => {
    await use()
    if (story.status !== story.expectedStatus) console.error(`${story.title}: in the way may be:\n${inTheWay()}`)
    const complaints = everyone.flatMap((person) => person.complaints.splice(0))
    base.expect(complaints, 'what the browser complained of').toEqual([])
  }, { auto: true }],
})

export { expect } from '@playwright/test'
