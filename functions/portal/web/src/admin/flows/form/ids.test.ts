import { expect, it } from 'vitest'
import { idFrom } from './ids'

it('a question suggests an id that policies can name', () => {
  expect(idFrom('Which région?')).toBe('which_region')
  expect(idFrom('2nd ticket')).toBe('nd_ticket')
  expect(idFrom('x'.repeat(31) + ' y')).toBe('x'.repeat(31))
})
