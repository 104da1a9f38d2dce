import { expect, it } from 'vitest'
import { answersOf } from './answers'

it('is called as the form calls it, in its order', () => {
  const request = { answers: { customer: 'Contoso', ticket: 'LK-1' }, fields: [{ id: 'ticket', label: 'Change ticket' }, { id: 'customer', label: 'Who is it about?' }] }
  expect(answersOf(request)).toEqual([['Change ticket', 'LK-1'], ['Who is it about?', 'Contoso']])
})

it('is readable where nobody says what it is called', () => {
  expect(answersOf({ answers: { change_ticket: 'LK-1' } })).toEqual([['Change ticket', 'LK-1']])
})
