import { describe, expect, it } from 'vitest'
import type { Schemas } from '../../../api/client'
import { company, everything } from '../testdata'
import { newDraft, newStep, toDraft } from './draft'
import { toInput } from './input'
import { place, shown, within } from './pointers'
import { ofSpan, toSpan } from './span'

type Flow = Schemas['Flow']

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
