import { expect, test } from 'vitest'
import { messages as de } from '../i18n/de'
import { messages as en } from '../i18n/en'
import { failureText } from './failures'

test('a failure is said in words, and by its code where there are none', () => {
  const words = en.request.page
  expect(failureText(words, 'no_secret')).toBe('The secret that calls are signed with is not there.')
  expect(failureText(words, 'http_404')).toBe('What gives the access answered with HTTP 404.')
  expect(failureText(words, 'melted')).toBe('Reason: melted')
})

test('both languages have the same failures', () => {
  expect(Object.keys(de.request.page.failure)).toEqual(Object.keys(en.request.page.failure))
})
