import { describe, expect, it } from 'vitest'
import type { Schemas } from '../api/client'
import { became, exchanges, nameIn, saidOnTime, sentenceOf, settling } from './turns'

type Event = Schemas['Event']

let seq = 0
function event(type: string, status: Schemas['Status'], by: string | undefined, details: Event['details'] = {}, texts: Record<string, string> = {}): Event {
  seq++
  return {
    seq, type, status, at: '2026-07-01T09:00:00Z', details, prev: '', hash: '', canonical: '',
    actor: by ? { kind: 'person', id: by, via: 'portal' } : { kind: 'system', via: 'timer' },
    texts: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { text, digest: '' }])),
  }
}

function story(...tell: (() => Event)[]): Event[] {
  seq = 0
  return tell.map((one) => one())
}

const asked = () => event('submitted', 'pending', 'ana')
const verdict = (by: string, word: Schemas['Verdict'], status: Schemas['Status']) => () => event('decided', status, by, { verdict: word })

describe('what became of a task', () => {
  it('is the verdict that settled it, however far the access has come since', () => {
    const events = story(asked, verdict('dan', 'approve', 'pending'), verdict('dina', 'approve', 'approved'), () => event('activated', 'active', undefined))
    expect(became(events, 1, 'dora')?.actor.id).toBe('dina')
    expect(settling(events)?.actor.id).toBe('dina')
  })

  it('is one’s own verdict while others still decide', () => {
    const events = story(asked, verdict('dan', 'approve', 'pending'))
    expect(became(events, 1, 'dan')?.seq).toBe(2)
    expect(became(events, 1, 'dina')).toBeUndefined()
  })

  it('is the withdrawal, or that nobody decided in time', () => {
    expect(became(story(asked, () => event('canceled', 'canceled', 'ana')), 1, 'dan')?.type).toBe('canceled')
    expect(became(story(asked, () => event('expired', 'expired', undefined)), 1, 'dan')?.type).toBe('expired')
  })

  it('is the verdict on more time, where that was what waited', () => {
    const events = story(asked, verdict('ben', 'approve', 'approved'), () => event('activated', 'active', undefined),
      () => event('extension_asked', 'active', 'ana', { asked: 'PT1H' }), () => event('extension_denied', 'active', 'eli', { verdict: 'deny' }))
    expect(became(events, 4, 'ben')?.type).toBe('extension_denied')
  })
})

describe('questions', () => {
  it('stand with their answers', () => {
    const events = story(asked, verdict('dan', 'ask', 'needs_info'), () => event('answered', 'pending', 'ana'), verdict('dina', 'ask', 'needs_info'))
    expect(exchanges(events).map(({ question, answer }) => [question.actor.id, answer?.actor.id])).toEqual([['dan', 'ana'], ['dina', undefined]])
  })
})

describe('the sentence of an event', () => {
  it('goes by its verdict, where it has one', () => {
    const [first, second, third] = story(verdict('dan', 'deny', 'denied'), () => event('overridden', 'denied', 'eli', { verdict: 'deny' }), () => event('drifted', 'ended', undefined, { drift: 'readded' }))
    expect([first, second, third].map((one) => sentenceOf(one!))).toEqual(['deny', 'deny_admin', 'readded'])
  })
})

describe('a name', () => {
  const request = {
    requester: { id: 'ana', name: 'Ana' }, submitted_by: { id: 'ana', name: 'Ana' },
    steps: [{ status: 'open', needed: 'any', approvers: [{ kind: 'group', id: 'eli', name: 'Eli’s group' }, { kind: 'person', id: 'eli', name: 'Eli' }], decisions: [] }],
  } as unknown as Schemas['Request']
  it('is found where the request mentions the person, and is else the id', () => {
    expect(nameIn(request, 'eli')).toBe('Eli')
    expect(nameIn(request, 'dora')).toBe('dora')
  })
})

it('knows whether a remark is about more time, or about the access', () => {
  const denied = story(() => event('activated', 'active', undefined), () => event('extension_denied', 'active', 'ben'), () => event('ending_soon', 'active', undefined))
  expect(saidOnTime(denied)).toBe(true)
  expect(saidOnTime(story(() => event('overridden', 'approved', 'eli'), () => event('activated', 'active', undefined)))).toBe(false)
})
