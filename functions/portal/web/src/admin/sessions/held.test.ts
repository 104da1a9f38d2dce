import { expect, test, vi } from 'vitest'
import type { Schemas } from '../../api/client'

vi.mock('../../api/client', () => ({ api: {}, call: vi.fn(), everyPage: vi.fn() })) // they need a page

const { matching } = await import('./held')

const held = (who: string, what: string) =>
  ({ requester: { id: who.toLowerCase(), name: who }, resource_id: what.toLowerCase(), resource: { id: what.toLowerCase(), name: what } }) as Schemas['Request']

test('each word of a search is about a person or a resource', () => {
  const all = [held('Ana', 'Staging'), held('Gus', 'Staging'), held('Ana', 'Figma')]
  expect(matching(all, '')).toEqual(all)
  expect(matching(all, 'staging')).toEqual(all.slice(0, 2))
  expect(matching(all, ' FIG  ana ')).toEqual(all.slice(2))
  expect(matching(all, 'gus figma')).toEqual([])
})
