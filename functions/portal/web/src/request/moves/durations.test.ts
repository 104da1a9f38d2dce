import { expect, test } from 'vitest'
import { durationOf, durationsUpTo, firstChoice, fits, other } from './durations'

test('a rule is filled in with its first choice, or with what was asked for before', () => {
  expect(firstChoice(['PT1H', 'PT8H'], undefined).choice).toBe('PT1H')
  expect(firstChoice(['PT1H', 'PT8H'], undefined, 'PT8H').choice).toBe('PT8H')
  expect(firstChoice(['PT1H', 'PT8H'], undefined, 'PT3H').choice).toBe('PT1H')
  expect(firstChoice(['PT1H'], 'P7D', 'PT3H')).toEqual({ choice: 'other', amount: '3', unit: 'H' })
  expect(firstChoice([], 'P7D')).toEqual({ choice: 'other', amount: '', unit: 'H' })
})

test('an amount of a unit is a duration', () => {
  expect(durationOf({ choice: 'PT8H', amount: '', unit: 'H' })).toBe('PT8H')
  expect(durationOf({ choice: 'other', amount: '90', unit: 'M' })).toBe('PT1H30M')
  expect(durationOf({ choice: 'other', amount: '1,5', unit: 'H' })).toBe('PT1H30M')
  expect(durationOf({ choice: 'other', amount: '2', unit: 'D' })).toBe('P2D')
  for (const amount of ['', '0', '-1', 'soon']) expect(durationOf({ choice: 'other', amount, unit: 'H' })).toBeUndefined()
  expect(durationOf({ choice: '', amount: '', unit: 'H' })).toBeUndefined()
})

test('more time is offered in steps that people think in, up to the longest', () => {
  expect(durationsUpTo('PT1H')).toEqual(['PT5M', 'PT15M', 'PT30M', 'PT1H'])
  expect(durationsUpTo('PT1M')).toEqual(['PT1M'])
  expect(durationsUpTo('P3D')).toEqual(['PT4H', 'PT8H', 'P1D', 'P2D', 'P3D'])
})

test('an amount fits up to the longest, and what is no number does not', () => {
  expect(fits({ choice: other, amount: '2', unit: 'H' }, 'PT2H')).toBe(true)
  expect(fits({ choice: other, amount: '3', unit: 'H' }, 'PT2H')).toBe(false)
  expect(fits({ choice: other, amount: 'abc', unit: 'H' })).toBe(false)
})
