import { expect, test } from 'vitest'
import { idOf, isId, renamed } from './id'

test('an id follows from a name', () => {
  expect(idOf("Ana's MacBook")).toBe('anas-macbook')
  expect(idOf('Größe – São Paulo!')).toBe('groesse-sao-paulo')
  expect(idOf('東京')).toBe('')
  expect(isId(idOf('x'.repeat(80) + ' '))).toBe(true)
})

test('the id follows the name until someone types it', () => {
  expect(renamed({ id: 'prod', name: 'Prod' }, 'Prod DB')).toEqual({ id: 'prod-db', name: 'Prod DB' })
  expect(renamed({ id: 'mine', name: 'Prod' }, 'Prod DB')).toEqual({ id: 'mine', name: 'Prod DB' })
})
