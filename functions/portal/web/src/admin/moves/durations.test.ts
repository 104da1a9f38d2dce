import { expect, test } from 'vitest'
import { others, standing } from './durations'

test('as asked, until an approver has shortened it', () => {
  expect(standing({ duration: 'PT4H' })).toBe('PT4H')
  expect(standing({ duration: 'PT4H', granted_duration: 'PT1H' })).toBe('PT1H')
})

test('what was asked for can still be given', () => {
  expect(others({ duration: 'PT4H' }, ['PT1H', 'PT4H'])).toEqual(['PT1H'])
  expect(others({ duration: 'PT4H', granted_duration: 'PT1H' }, ['PT1H', 'PT4H', 'PT8H'])).toEqual(['PT4H', 'PT8H'])
  expect(others({ duration: 'PT4H', granted_duration: 'PT1H' })).toEqual(['PT4H'])
})
