import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { localInput, missing, newDraft, newKeys, requestInput, stillFits } from './form'

function item(flow: Partial<Schemas['CatalogFlow']> = {}): Schemas['CatalogItem'] {
  return {
    id: 'prod-db', kind: 'resource', name: 'Production database',
    flow: { id: 'prod-db-flow', version: 1, steps: [], duration: { mode: 'choice', choices: ['PT1H', 'PT8H'] }, fields: [{ id: 'ticket', label: 'Ticket', required: true }, { id: 'note', label: 'Note' }], ...flow },
  }
}

test('a reason and the required fields have to be there', () => {
  const draft = newDraft(item())
  expect(missing(item(), { ...draft, reason: '  ' })).toEqual(['/reason', '/answers/ticket'])
  expect(missing(item(), { ...draft, reason: 'Fix', answers: { ticket: 'LK-1' } })).toEqual([])
})

test('a draft whose duration is not offered any more begins with one that is', () => {
  const draft = { ...newDraft(item()), reason: 'Fix', duration: { choice: 'P7D', amount: '', unit: 'H' as const } }
  expect(stillFits(item(), draft)).toEqual({ ...draft, duration: { choice: 'PT1H', amount: '', unit: 'H' } })
})

test('a start has to be whole once it was begun', () => {
  const draft = { ...newDraft(item()), reason: 'Fix', answers: { ticket: 'LK-1' } }
  expect(missing(item(), draft, true)).toEqual(['/starts_at'])
})

test('what is sent again has the same key, and what was changed has another', () => {
  const key = newKeys()
  const first = key({ resource_id: 'figma', reason: 'Draw' })
  expect(key({ resource_id: 'figma', reason: 'Draw' })).toBe(first)
  expect(key({ resource_id: 'figma', reason: 'Draw it' })).not.toBe(first)
})

test('a duration has to be chosen where there is a choice', () => {
  const free = item({ duration: { mode: 'choice', max: 'P7D' }, fields: [] })
  expect(missing(free, { ...newDraft(free), reason: 'Fix' })).toEqual(['/duration'])
  const fixed = item({ duration: { mode: 'fixed', choices: ['PT2M'] }, fields: [] })
  expect(missing(fixed, { ...newDraft(fixed), reason: 'Fix' })).toEqual([])
})

test('what is sent has what applies and nothing else', () => {
  const draft = { ...newDraft(item()), reason: ' Fix it ', answers: { ticket: ' LK-1 ', note: '' }, startsAt: '2026-07-01T09:00' }
  expect(requestInput(item(), draft)).toEqual({ resource_id: 'prod-db', reason: 'Fix it', duration: 'PT1H', answers: { ticket: 'LK-1' } })
  const plain = item({ duration: { mode: 'none' }, fields: [], starts_within: 'P7D' })
  expect(requestInput(plain, draft, 'req_1')).toEqual({
    resource_id: 'prod-db', reason: 'Fix it', starts_at: new Date('2026-07-01T09:00').toISOString(), resubmits: 'req_1',
  })
})

test('asking again starts from what was asked', () => {
  const before = { reason: 'Fix', duration: 'PT8H', answers: { ticket: 'LK-1', gone: 'x' } } as Partial<Schemas['Request']> as Schemas['Request']
  expect(newDraft(item(), before)).toEqual({ reason: 'Fix', duration: { choice: 'PT8H', amount: '', unit: 'H' }, answers: { ticket: 'LK-1', note: '' }, startsAt: '' })
})

test('a moment is shown in local time and comes back the same', () => {
  const at = Date.UTC(2026, 6, 1, 9, 5)
  expect(new Date(localInput(at)).getTime()).toBe(at)
})
