import { expect, it } from 'vitest'
import type { Schemas } from '../../../api/client'
import { productionDatabase } from '../testdata'
import { firstOpen, newAct, newTrial, toSimulation } from './trial'

const person = (id: string, groups: string[], status: Schemas['PersonStatus'] = 'active'): Schemas['Person'] =>
  ({ id, version: 1, email: `${id}@example.com`, name: id, groups, status, bound: true })

it('starts with the first active person to whom the flow is open', () => {
  const people = [person('ada', ['engineering'], 'suspended'), person('chloe', ['design']), person('fay', ['engineering'])]
  expect(firstOpen(productionDatabase, people)).toBe('fay')
  expect(firstOpen({ ...productionDatabase, visible_to: ['person:chloe'] }, people)).toBe('chloe')
  expect(firstOpen({ ...productionDatabase, visible_to: ['group:finance'] }, people)).toBe('')
})

it('asks for what the form has, and leaves out what is empty', () => {
  const trial = { ...newTrial(productionDatabase), requester: 'ana' }
  expect(toSimulation(trial)).toEqual({ requester: 'ana', resource_id: 'prod-db', duration: 'PT1H' })
})

it('lets time pass, and people decide', () => {
  const acts = [{ ...newAct(), by: 'ben' }, { ...newAct(), after: { amount: '2', unit: 'days' as const } }]
  const trial = { ...newTrial(productionDatabase), requester: 'ana', answers: { ticket: 'LK-42', region: '' }, duration: 'other', other: { amount: '90', unit: 'minutes' as const }, acts }
  expect(toSimulation(trial)).toEqual({
    requester: 'ana', resource_id: 'prod-db', duration: 'PT1H30M', answers: { ticket: 'LK-42' },
    acts: [{ by: 'ben', decision: 'approve' }, { after: 'P2D' }],
  })
})
