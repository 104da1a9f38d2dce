import { describe, expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import requestEvents from './testdata/request.json'
import resourceEvents from './testdata/resource.json'
import { verify } from './verify'

type Event = Schemas['Event']

// As the API answered them: a request from its submission to its end, and a resource that was changed.
const ofRequest = (): Event[] => structuredClone(requestEvents) as unknown as Event[]
const ofResource = (): Event[] => structuredClone(resourceEvents) as unknown as Event[]

async function broken(spoil: (events: Event[]) => void) {
  const events = ofRequest()
  spoil(events)
  return (await verify(events)).broken
}

describe('a history that nobody touched', () => {
  test('of a request is whole', async () => {
    const events = ofRequest()
    expect(await verify(events, events[0]!.canonical.match(/request:\w+/)![0])).toEqual({ whole: 7, last: events[6]!.hash, unread: 0 })
  })

  test('of a resource is whole', async () => {
    expect(await verify(ofResource(), 'resource:ar-lab')).toMatchObject({ whole: 2, unread: 0 })
  })

  test('is whole without its erased texts', async () => {
    const events = ofRequest()
    const { text, salt, ...rest } = events[0]!.texts['reason']!
    expect([text, salt]).not.toContain(undefined)
    events[0]!.texts['reason'] = { ...rest, text: null }
    expect(await verify(events)).toEqual({ whole: 7, last: events[6]!.hash, unread: 1 })
  })

  test('is whole with its people under new names, and its members in another order', async () => {
    const events = ofRequest()
    events[0]!.actor.name = 'Anna'
    events[0]!.details = Object.fromEntries(Object.entries(events[0]!.details).reverse())
    expect((await verify(events)).broken).toBeUndefined()
  })

  test('may be empty', async () => {
    expect(await verify([])).toEqual({ whole: 0, last: '', unread: 0 })
  })
})

describe('what was changed is found', () => {
  test('where an event says something else', async () => {
    expect(await broken((events) => { events[1]!.canonical = events[1]!.canonical.replace('"eli"', '"eva"') })).toEqual({ seq: 2, why: 'hash' })
  })

  test('where its hash was made to fit', async () => {
    const events = ofRequest()
    events[1]!.canonical = events[1]!.canonical.replace('"id":"eli"', '"id":"eva"')
    events[1]!.actor.id = 'eva'
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${events[1]!.prev}\n${events[1]!.canonical}`)))
    events[1]!.hash = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    expect((await verify(events)).broken).toEqual({ seq: 3, why: 'link' })
  })

  test('where one is missing', async () => {
    expect(await broken((events) => { events.splice(2, 1) })).toEqual({ seq: 3, why: 'missing' })
    expect(await broken((events) => { events.shift() })).toEqual({ seq: 1, why: 'missing' })
  })

  test('where one is missing and the others were counted anew', async () => {
    expect(await broken((events) => {
      events.splice(2, 1)
      events.forEach((event, n) => { event.seq = n + 1 })
    })).toEqual({ seq: 3, why: 'link' })
  })

  test.each<[string, (event: Event) => void]>([
    ['type', (event) => { event.type = 'decided' }],
    ['at', (event) => { event.at = '2026-11-29T03:09:09.081Z' }],
    ['actor', (event) => { event.actor.id = 'eva' }],
    ['status', (event) => { event.status = 'denied' }],
    ['details', (event) => { event.details = { ...event.details, verdict: 'deny' } }],
  ])('where its %s is shown otherwise', async (name, spoil) => {
    expect(await broken((events) => spoil(events[1]!))).toEqual({ seq: 2, why: 'shown', name })
  })

  test('where a text is another', async () => {
    expect(await broken((events) => { events[1]!.texts['reason']!.text = 'Incident 78' })).toEqual({ seq: 2, why: 'text', name: 'reason' })
    expect(await broken((events) => { events[1]!.texts['reason']!.text = '' })).toEqual({ seq: 2, why: 'text', name: 'reason' })
  })

  test('where a text was taken out, put in, or has another digest', async () => {
    expect(await broken((events) => { delete events[1]!.texts['internal_note'] })).toEqual({ seq: 2, why: 'text', name: 'internal_note' })
    expect(await broken((events) => { events[1]!.texts['answer'] = { text: null, digest: '00' } })).toEqual({ seq: 2, why: 'text', name: 'answer' })
    expect(await broken((events) => { events[1]!.texts['reason'] = { text: null, digest: '00' } })).toEqual({ seq: 2, why: 'text', name: 'reason' })
  })

  test('where it is the history of something else', async () => {
    expect((await verify(ofRequest(), 'request:req_01OTHER')).broken).toEqual({ seq: 1, why: 'shown', name: 'subject' })
  })

  test('where it cannot be read', async () => {
    expect(await broken((events) => { events[0]!.canonical = '{' })).toEqual({ seq: 1, why: 'hash' })
  })
})
