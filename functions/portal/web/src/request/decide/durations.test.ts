import { expect, it } from 'vitest'
import { upTo } from './durations'

it('offers all of what was asked for, then less and less', () => {
  expect(upTo('PT1H')).toEqual(['PT1H', 'PT30M', 'PT15M', 'PT5M'])
  expect(upTo('P7D').slice(0, 4)).toEqual(['P7D', 'P3D', 'P2D', 'P1D'])
  expect(upTo('PT90M')[1]).toBe('PT1H')
})

it('offers nothing less of what is short already', () => {
  expect(upTo('PT2M')).toEqual(['PT2M'])
})
