import { expect, test } from 'vitest'
import { changes } from './diff'

test('members that changed are told, and no others', () => {
  expect(changes({ name: 'Staging', owner: 'ben', enabled: true }, { name: 'Staging', owner: 'dan', enabled: true, url: 'https://x' })).toEqual([
    { path: 'owner', removed: ['ben'], added: ['dan'] },
    { path: 'url', removed: [], added: ['https://x'] },
  ])
})

test('a document that is new or gone is told whole', () => {
  expect(changes(undefined, { id: 'x', duration: { mode: 'none' } })).toEqual([
    { path: 'id', removed: [], added: ['x'] },
    { path: 'duration.mode', removed: [], added: ['none'] },
  ])
  expect(changes({ id: 'x' }, undefined)).toEqual([{ path: 'id', removed: ['x'], added: [] }])
})

test('of a list of words, what came and what went', () => {
  expect(changes({ groups: ['a', 'b'] }, { groups: ['b', 'c'] })).toEqual([{ path: 'groups', removed: ['a'], added: ['c'] }])
  expect(changes({ groups: [] }, {})).toEqual([])
})

test('another order is a change too', () => {
  expect(changes({ steps: ['a', 'b'] }, { steps: ['b', 'a'] })).toEqual([{ path: 'steps', removed: ['a', 'b'], added: ['b', 'a'] }])
})

test('steps are held against each other by their place', () => {
  expect(changes(
    { steps: [{ approvers: ['manager'], needed: 'any' }] },
    { steps: [{ approvers: ['manager'], needed: 2 }, { approvers: ['admins'], needed: 'any' }] },
  )).toEqual([
    { path: 'steps[0].needed', removed: ['any'], added: ['2'] },
    { path: 'steps[1].approvers', removed: [], added: ['admins'] },
    { path: 'steps[1].needed', removed: [], added: ['any'] },
  ])
})

test('a word that became a document', () => {
  expect(changes({ connector: 'group' }, { connector: { type: 'group' } })).toEqual([
    { path: 'connector', removed: ['group'], added: [] },
    { path: 'connector.type', removed: [], added: ['group'] },
  ])
})
