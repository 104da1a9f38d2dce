import { describe, expect, it } from 'vitest'
import type { Schemas } from '../../../api/client'
import { messages } from '../../../i18n/en'
import { en } from '../../i18n/en'
import { inputOf } from '../form/input'
import { everything, figma, productionDatabase } from '../testdata'
import { flowWords } from '../words'
import { differences } from './differences'
import { versionsOf } from './versions'

const words = flowWords(messages, en, 'en', {
  people: [], resources: [], groups: [{ id: 'security', name: 'Security' }, { id: 'design', name: 'Design' }],
})
const before = inputOf(productionDatabase)
const between = (change: Partial<Schemas['FlowInput']>) => differences(before, { ...before, ...change }, words)

describe('what differs between two versions', () => {
  it('is nothing between equal ones', () => {
    for (const flow of [figma, productionDatabase, everything]) expect(differences(inputOf(flow), inputOf(flow), words)).toEqual([])
  })

  it('says of a list only what came and went', () => {
    expect(between({ visible_to: ['group:engineering', 'group:design'] })).toEqual([{ what: 'Who may ask', before: undefined, after: 'Design (group)' }])
  })

  it('says which step changed, and how', () => {
    const [manager, security] = before.steps as [Schemas['FlowStep'], Schemas['FlowStep']]
    expect(between({ steps: [manager, { ...security, needed: 'all', skip_after: 'P2D' }] })).toEqual([
      { what: 'Step 2: How many of them', before: '2', after: 'All of them, but the requester' },
      { what: 'Step 2: Go on without this step after', before: 'never', after: '2 days' },
    ])
  })

  it('knows a step that was put between from those that only moved', () => {
    const [manager, security] = before.steps as [Schemas['FlowStep'], Schemas['FlowStep']]
    const owner: Schemas['FlowStep'] = { approvers: ['owner'], needed: 'any', fallback: ['admins'], escalate_after: 'P1D' }
    expect(between({ steps: [manager, owner, security] })).toEqual([
      { what: 'Step 2', before: undefined, after: 'The resource’s owner; the admins may decide too, after 1 day' },
    ])
  })

  it('says durations, questions, rules and policies in words', () => {
    expect(between({
      duration: { mode: 'fixed', choices: ['PT2M'], extend: { up_to: 'PT1H', times: 1 } },
      fields: [], remind_every: 'PT4H', enabled: false, policies: [{ id: 'night', source: 'forbid (principal, action, resource);' }],
    })).toEqual([
      { what: 'Enabled', before: 'yes', after: 'no' },
      { what: 'For how long', before: '1 hour or 8 hours', after: 'Always 2 minutes' },
      { what: 'More time', before: 'Cannot be extended', after: 'can be extended once, by up to 1 hour' },
      { what: 'Question “Ticket”', before: 'Ticket (ticket), required, has to match ^[A-Z]+-[0-9]+$', after: undefined },
      { what: 'Remind those who have not decided every', before: 'never', after: '4 hours' },
      { what: 'Policy night', before: undefined, after: 'forbid (principal, action, resource);', code: true },
    ])
  })
})

describe('the versions of a flow', () => {
  const event = (seq: number, type: string, after?: string | null): Schemas['Event'] => ({
    seq, type, at: '2026-11-30T03:00:00Z', actor: { kind: 'person', id: 'eli', via: 'portal' }, details: {}, prev: '', hash: '', canonical: '',
    texts: after === undefined ? {} : { after: { text: after, digest: '' } },
  })

  it('are its events, the newest first, also where a text was erased', () => {
    const events = [event(1, 'created', '{"version":1}'), event(2, 'updated', null), event(3, 'deleted'), event(4, 'created', '{"version":4}')]
    expect(versionsOf(events).map(({ version, event: e }) => [version, e.type])).toEqual([[4, 'created'], [3, 'deleted'], [2, 'updated'], [1, 'created']])
  })
})
