import { expect, test } from 'vitest'
import { meant } from './meant'

const options = [{ id: 'chloe', name: 'Chloe' }, { id: 'ben', name: 'Chloe' }, { id: 'sec', name: 'Security' }, { id: 'Europe/Berlin' }]

test('a name means its id, an id means itself, and the rest is left alone', () => {
  expect(meant('Chloe', options)).toBe('chloe')
  expect(meant('security', options)).toBe('sec')
  expect(meant('europe/berlin', options)).toBe('Europe/Berlin')
  expect(meant('nobody', options)).toBe('nobody')
  expect(meant(' Ana  Alvarez ', [{ id: 'ana', name: 'Ana  Alvarez' }])).toBe('ana')
  expect(meant(' nobody ', options)).toBe('nobody')
  expect(meant('', options)).toBe('')
})
