import { expect, it } from 'vitest'
import { given, upTo } from './durations'

it('offers all of what was asked for, then less and less', () => {
  expect(upTo('PT1H')).toEqual(['PT1H', 'PT30M', 'PT15M', 'PT5M'])
  expect(upTo('P7D').slice(0, 4)).toEqual(['P7D', 'P3D', 'P2D', 'P1D'])
  expect(upTo('PT90M')[1]).toBe('PT1H')
})

it('offers nothing less of what is short already', () => {
  expect(upTo('PT2M')).toEqual(['PT2M'])
})

it('gives what was chosen, unless another approver has shortened it to less meanwhile', () => {
  expect(given('PT8H', undefined)).toBe('PT8H')
  expect(given('PT8H', 'PT2H')).toBe('PT2H')
  expect(given('PT1H', 'PT2H')).toBe('PT1H')
  expect(given('PT1H', 'PT30M')).toBe('PT30M')
  expect(given(undefined, undefined)).toBeUndefined()
})
