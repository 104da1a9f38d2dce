import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { readFilters, writeFilters } from './filters'

const isStatus = (word: string): word is Schemas['Status'] => ['pending', 'active'].includes(word)

test('filters stand in the address as they are in the API', () => {
  const filters = { status: 'pending' as const, resource_id: 'staging', requester_id: undefined }
  const written = writeFilters(filters)
  expect(written).toEqual({ status: 'pending', resource_id: 'staging' })
  expect(readFilters(new URLSearchParams(written), isStatus)).toEqual(filters)
})

test('what is no status filters nothing', () => {
  expect(readFilters(new URLSearchParams('status=lost&requester_id=ana&resource_id='), isStatus))
    .toEqual({ status: undefined, resource_id: undefined, requester_id: 'ana' })
})
