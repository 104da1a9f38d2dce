// The people of the demo company, each with a portal open for as long as a file's
// stories take, and the promise that no browser of theirs complains.
import { test as base } from '@playwright/test'
import { Person, type Who } from '../people/person'
import { stack } from './stack'
import { Stage } from './stage'

interface PerTest {
  /** Someone with a browser of their own, until the story is over. */
  arrives: (who: Who, options?: Parameters<typeof Person.with>[2]) => Promise<Person>
  calm: void
}

interface PerWorker {
  stage: Stage
  everyone: Person[]
}

/** One of the demo company. */
export function demoPerson(id: string): Who {
  const found = stack.people.find((person) => person.id === id)
  if (!found) throw new Error(`the demo company has no ${id}`)
  return { id, email: found.email, name: id.charAt(0).toUpperCase() + id.slice(1) }
}

export const test = base.extend<PerTest, PerWorker>({
  stage: [async ({}, use) => { await use(new Stage()) }, { scope: 'worker' }], // eslint-disable-line no-empty-pattern

  everyone: [async ({}, use) => { // eslint-disable-line no-empty-pattern
    const everyone: Person[] = []
    await use(everyone)
  }, { scope: 'worker' }],

  arrives: async ({ browser, everyone }, use) => {
    const arrived: Person[] = []
    await use(async (who, options) => {
      const person = await Person.with(browser, who, options)
      arrived.push(person)
      everyone.push(person)
      return person
    })
    for (const person of arrived) await person.leaves()
  },

  calm: [async ({ everyone }, use) => {
    await use()
    const complaints = everyone.flatMap((person) => person.complaints.splice(0))
    base.expect(complaints, 'what the browser complained of').toEqual([])
  }, { auto: true }],
})

export { expect } from '@playwright/test'
