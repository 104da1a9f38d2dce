import { expect, test } from 'vitest'
import { matches } from './matches'

test('every word has to be there, in any case and order', () => {
  expect(matches('ana ENG', 'Ana Alvarez', undefined, 'engineering')).toBe(true)
  expect(matches('ana ops', 'Ana Alvarez', 'engineering')).toBe(false)
  expect(matches('  ', 'Ana')).toBe(true)
})
