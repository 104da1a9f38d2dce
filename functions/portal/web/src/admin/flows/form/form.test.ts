import { describe, expect, it } from 'vitest'
import type { Schemas } from '../../../api/client'
import { newDraft, newStep, toDraft } from './draft'
import { inputOf, onTop, toInput } from './input'
import { place, shown, within } from './pointers'
import { ofSpan, toSpan } from './span'

type Flow = Schemas['Flow']

const rest = {
  fields: [], policies: [], pending_for: 'P30D', claim_within: 'P1D', order: 100, deny_when: 'any', same_person: 'distinct',
  decide_in: ['portal', 'slack', 'email'], delegation: true, email_sign_in: true, show_progress: true, enabled: true,
} satisfies Partial<Flow>

const company: Flow[] = [
  { ...rest, id: 'figma-flow', version: 1, name: 'Figma', resources: ['figma'], visible_to: ['everyone'],
    steps: [{ approvers: ['owner'], needed: 'any' }], duration: { mode: 'choice', choices: ['PT1H', 'PT8H', 'P7D'] } },
  { ...rest, id: 'github-flow', version: 1, name: 'GitHub', resources: ['github'], visible_to: ['group:engineering'],
    steps: [{ approvers: ['admins'], needed: 'any' }], duration: { mode: 'none' }, decide_in: ['portal'] },
  { ...rest, id: 'prod-db-flow', version: 2, name: 'Production database', resources: ['prod-db'], visible_to: ['group:engineering'],
    steps: [{ approvers: ['manager'], needed: 'any' }, { approvers: ['group:security'], needed: 2 }],
    duration: { mode: 'choice', choices: ['PT1H', 'PT8H'] },
    fields: [{ id: 'ticket', label: 'Ticket', required: true, pattern: '^[A-Z]+-[0-9]+$' }] },
  { ...rest, id: 'staging-flow', version: 1, name: 'Staging', resources: ['staging'], visible_to: ['group:engineering'],
    steps: [{ approvers: ['manager'], needed: 'any' }], duration: { mode: 'fixed', choices: ['PT2M'] } },
  { ...rest, id: 'ana-macbook-flow', version: 1, name: 'Ana’s MacBook', resources: ['ana-macbook'], visible_to: ['person:ana'],
    steps: [{ approvers: ['admins'], needed: 'any' }], duration: { mode: 'choice', choices: ['PT1H', 'PT4H', 'PT8H'] } },
]

const everything: Flow = {
  id: 'everything', version: 7, name: 'Everything', resources: ['prod-db', 'staging'], visible_to: ['group:engineering', 'person:fay'],
  submitters: ['group:design'],
  steps: [
    { approvers: ['manager', 'owner'], needed: 'all' },
    { approvers: ['group:security', 'person:eli'], needed: 2, fallback: ['admins'], escalate_after: 'P1D', skip_after: 'P2DT12H' },
  ],
  duration: { mode: 'choice', choices: ['PT1H30M', 'PT8H'], max: 'P1D', extend: { up_to: 'PT45M', times: 3, approvers: ['manager'] } },
  fields: [
    { id: 'ticket', label: 'Ticket', required: true, pattern: '[A-Z]+-[0-9]+', message: 'Such as LK-42' },
    { id: 'region', label: 'Region', required: false, choices: ['EU', 'US'] },
  ],
  policies: [{ id: 'night', source: 'forbid (principal, action, resource) when { context.hour < 6 };' }],
  pending_for: 'P14D', remind_every: 'PT4H', claim_within: 'PT12H', starts_within: 'P30D', order: 10, deny_when: 'unreachable',
  same_person: 'carry', decide_in: ['portal'], delegation: false, email_sign_in: false, show_progress: false, enabled: false,
}

function written({ id: _id, version: _version, ...flow }: Flow) { return flow }

describe('a flow as it is edited', () => {
  it.each([...company, everything])('$id is written as it was read', (flow) => {
    expect(toInput(toDraft(flow))).toEqual(written(flow))
  })

  it('leaves out what is empty, so that the API fills it in', () => {
    const draft = { ...newDraft(), order: '', pendingFor: toSpan(undefined), remindEvery: toSpan(undefined) }
    const input = toInput(draft)
    expect(input).not.toHaveProperty('order')
    expect(input).not.toHaveProperty('pending_for')
    expect(input).not.toHaveProperty('remind_every')
    expect(input).not.toHaveProperty('submitters')
  })

  it('keeps what another mode of duration had, and does not send it', () => {
    const draft = { ...toDraft(everything), mode: 'none' as const }
    expect(toInput(draft).duration).toEqual({ mode: 'none' })
    expect(toInput({ ...draft, mode: 'fixed' }).duration.choices).toEqual(['PT1H30M'])
    expect(toInput({ ...draft, mode: 'choice' }).duration).toEqual(everything.duration)
  })

  it('sends what is no duration as it is, for the API to refuse', () => {
    expect(ofSpan({ amount: '1.5', unit: 'hours' })).toBe('PT1.5H')
    expect(ofSpan({ amount: '0', unit: 'days' })).toBe('P0D')
    expect(ofSpan({ amount: ' ', unit: 'days' })).toBeUndefined()
    expect(toInput({ ...newDraft(), choices: [{ key: 'a', amount: '', unit: 'hours' }] }).duration.choices).toEqual([''])
  })

  it('reads a duration in the largest unit that is whole', () => {
    expect(toSpan('PT1H30M')).toEqual({ amount: '90', unit: 'minutes' })
    expect(toSpan('P7D')).toEqual({ amount: '7', unit: 'days' })
    expect(toSpan('PT36H')).toEqual({ amount: '36', unit: 'hours' })
    expect(ofSpan({ amount: '24', unit: 'hours' })).toBe('P1D')
  })
})

describe('mine on top of theirs', () => {
  const [figma] = company as [Flow]
  it('takes theirs, but for the members that I changed', () => {
    const theirs: Flow = { ...figma, version: 2, name: 'Figma for all', order: 5 }
    const mine = { ...toDraft(figma), name: 'Figma, mine', showProgress: false }
    expect(toInput(onTop(figma, theirs, mine))).toEqual({ ...inputOf(theirs), name: 'Figma, mine', show_progress: false })
  })
})

describe('findings', () => {
  const draft = toDraft(everything)
  const at = (pointer: string) => place([{ pointer, code: 'c', detail: 'd' }], shown(draft))[0]?.place

  it('stand at the field that they point at', () => {
    for (const pointer of ['/steps/0/approvers/1', '/duration/choices/0', '/duration/extend/up_to', '/fields/1/label', '/order', '/policies/0/source']) {
      expect(at(pointer)).toBe(pointer)
    }
  })

  it('stand at the nearest shown above it where they point deeper, or elsewhere', () => {
    expect(at('/fields/1/choices/0')).toBe('/fields/1/choices')
    expect(at('/steps/1/needed/x')).toBe('/steps/1/needed')
    expect(at('/steps/9/approvers')).toBe('/steps')
    expect(at('/something')).toBe('')
  })

  it('stand at the group where the form does not show the member now', () => {
    const none = { ...draft, mode: 'none' as const }
    expect(place([{ pointer: '/duration/extend/times', code: 'c', detail: 'd' }], shown(none))[0]?.place).toBe('/duration')
  })

  it('of a parameter stand at the member of its name', () => {
    expect(place([{ parameter: 'id', code: 'pattern', detail: 'd' }], shown(draft))[0]?.place).toBe('/id')
  })

  it('know what is below what', () => {
    expect(within('/steps/1/needed', '/steps/1')).toBe(true)
    expect(within('/steps/10', '/steps/1')).toBe(false)
  })
})

it('gives each new entry a key of its own', () => {
  expect(newStep().key).not.toBe(newStep().key)
})
