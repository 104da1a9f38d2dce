import { beforeEach, expect, test, vi } from 'vitest'
import { forgetTyped, typed } from './typed'

// As the browser's: what is stored are its own members.
class Store {
  [key: string]: unknown
  getItem(key: string) { return (this[key] as string | undefined) ?? null }
  setItem(key: string, text: string) { this[key] = text }
  removeItem(key: string) { delete this[key] }
}

beforeEach(() => { vi.stubGlobal('sessionStorage', new Store()) })

test('what was typed is there until it is sent', () => {
  typed.keep('deny req_1', 'Not before')
  expect(typed.get('deny req_1')).toBe('Not before')
  typed.drop('deny req_1')
  expect(typed.get('deny req_1')).toBeUndefined()
})

test('who signs out leaves nothing that was typed, and only that', () => {
  sessionStorage.setItem('oidc.user', 'Ana')
  typed.keep('deny req_1', 'Not before')
  forgetTyped()
  expect(typed.get('deny req_1')).toBeUndefined()
  expect(sessionStorage.getItem('oidc.user')).toBe('Ana')
})
