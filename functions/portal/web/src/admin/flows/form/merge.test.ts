import { describe, expect, it } from 'vitest'
import type { Schemas } from '../../../api/client'
import { everything, figma, productionDatabase } from '../testdata'
import { toDraft, type Draft } from './draft'
import { inputOf, toInput } from './input'
import { onTop } from './merge'

type Flow = Schemas['Flow']

const merged = (base: Flow, theirs: Partial<Flow>, mine: (draft: Draft) => Partial<Draft>) => {
  const before = toDraft(base)
  const { draft, lost } = onTop(before, { ...base, ...theirs }, { ...before, ...mine(before) })
  return { input: toInput(draft), lost: toInput(lost) }
}

describe('mine on top of theirs', () => {
  it('is as it was where nobody changed anything', () => {
    for (const flow of [figma, productionDatabase, everything]) expect(merged(flow, {}, () => ({}))).toEqual({ input: inputOf(flow), lost: inputOf(flow) })
  })

  it('takes theirs, but for the members that I changed', () => {
    const got = merged(figma, { name: 'Figma for all', order: 5 }, () => ({ name: 'Figma, mine', showProgress: false }))
    expect(got.input).toEqual({ ...inputOf(figma), name: 'Figma, mine', order: 5, show_progress: false })
    expect(got.lost).toEqual({ ...inputOf(figma), name: 'Figma for all' })
  })

  it('keeps what they changed of a step when I changed another', () => {
    const [manager, security] = productionDatabase.steps as [Schemas['FlowStep'], Schemas['FlowStep']]
    const got = merged(productionDatabase, { steps: [{ ...manager, approvers: ['person:eva'] }, security] },
      ({ steps }) => ({ steps: steps.map((step, n) => (n === 1 ? { ...step, needed: 'all' as const } : step)) }))
    expect(got.input.steps).toEqual([{ approvers: ['person:eva'], needed: 'any' }, { ...security, needed: 'all' }])
    expect(got.lost).toEqual(inputOf(productionDatabase))
  })

  it('keeps what they added to a list and to the policies', () => {
    const policies = [{ id: 'night', source: 'permit (principal, action, resource);' }]
    const got = merged(everything, { policies, resources: ['staging', 'figma'] }, ({ resources, fields }) => ({
      resources: [...resources, 'github'], fields: fields.map((field, n) => (n === 0 ? { ...field, label: 'Issue' } : field)),
    }))
    expect(got.input.resources).toEqual(['staging', 'figma', 'github'])
    expect(got.input.policies).toEqual(policies)
    expect(got.input.fields?.[0]?.label).toBe('Issue')
  })

  it('tells that theirs is lost where steps came or went, and in the duration', () => {
    const theirs = { steps: [{ approvers: ['owner', 'manager'], needed: 'any' as const }], duration: { mode: 'fixed' as const, choices: ['PT1H'] } }
    const got = merged(figma, theirs, ({ steps }) => ({ steps: [...steps, { ...steps[0]!, key: 'new-1' }], mode: 'none' as const }))
    expect(got.input).toMatchObject({ steps: [figma.steps[0], figma.steps[0]], duration: { mode: 'none' } })
    expect(got.lost).toEqual({ ...inputOf(figma), ...theirs })
  })
})
