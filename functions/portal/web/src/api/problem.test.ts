import { expect, test } from 'vitest'
import { ApiError, readProblem } from './problem'

test('whether something was done is unknown where a change got no answer of the API', () => {
  expect(ApiError.unreachable(new TypeError(), true).unsure).toBe(true)
  expect(readProblem(new Response(null, { status: 502 }), undefined).unsure).toBe(true)
})

test('nothing was done where a read failed, or the API said no', () => {
  expect(ApiError.unreachable(new TypeError()).unsure).toBe(false)
  expect(readProblem(new Response(null, { status: 429 }), undefined).unsure).toBe(false)
  expect(readProblem(new Response(null, { status: 503 }), { code: 'busy', title: 'Busy', status: 503 }).unsure).toBe(false)
})
