import { expect, test } from 'vitest'
import type { Schemas } from '../api/client'
import { isMyTurn, notOffered, requestsFor } from './mine'

const figma: Schemas['CatalogItem'] = {
  id: 'figma', name: 'Figma', kind: 'resource', flow: { id: 'figma-flow', version: 1, steps: [], duration: { mode: 'none' }, fields: [] },
}

function request(id: string, status: Schemas['Status'], more: Partial<Schemas['Request']> = {}): Schemas['Request'] {
  return {
    id, status, status_text: status, version: 1, requester: { id: 'ana' }, submitted_by: { id: 'ana' }, resource_id: 'figma', resource: { id: 'figma', kind: 'resource' },
    flow: { id: 'figma-flow', version: 1 }, reason: 'Draw', answers: {}, submitted_at: '2026-07-01T09:00:00Z', steps: [], allowed_actions: [], ...more,
  }
}
const ids = (requests: Schemas['Request'][]) => requests.map((one) => one.id)

test('what is under way stands before what is over', () => {
  expect(ids(requestsFor(figma, [request('c', 'denied'), request('b', 'active'), request('a', 'ended')]))).toEqual(['b'])
})

test('access that is held and a new request for it both show, the newest first', () => {
  expect(ids(requestsFor(figma, [request('b', 'pending'), request('a', 'ending')]))).toEqual(['b', 'a'])
})

test('with nothing under way the last one shows', () => {
  expect(ids(requestsFor(figma, [request('b', 'denied'), request('a', 'ended')]))).toEqual(['b'])
  expect(requestsFor(figma, [request('a', 'pending', { resource_id: 'github' })])).toEqual([])
})

test('what is under way stays, though the catalog does not offer it any more', () => {
  const mine = [request('d', 'active'), request('c', 'pending', { resource_id: 'github' }), request('b', 'denied', { resource_id: 'staging' })]
  expect(ids(notOffered([figma], mine))).toEqual(['c'])
  expect(ids(notOffered([], mine))).toEqual(['d', 'c'])
})

test('it is my turn to answer and to start', () => {
  expect(isMyTurn(request('a', 'needs_info', { allowed_actions: ['answer', 'cancel'] }))).toBe(true)
  expect(isMyTurn(request('a', 'ready', { allowed_actions: ['start', 'cancel'] }))).toBe(true)
  expect(isMyTurn(request('a', 'pending', { allowed_actions: ['cancel'] }))).toBe(false)
})
