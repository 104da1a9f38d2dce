import { describe, expect, it } from 'vitest'
import { readReturned } from './returned'

const slack = '/integrations/slack'

describe('whom Slack sends back', () => {
  it('has a code and a state', () => {
    expect(readReturned(slack, '?code=21.69&state=mCJ0')).toEqual({ answer: { code: '21.69', state: 'mCJ0' } })
  })
  it('has declined', () => {
    expect(readReturned(slack, '?error=access_denied&state=mCJ0')).toEqual({ refused: 'access_denied' })
  })
  it('is nobody without both', () => {
    for (const search of ['', '?code=21.69', '?state=mCJ0', '?code=&state=mCJ0']) expect(readReturned(slack, search)).toBeUndefined()
  })
  it('is nobody elsewhere: the sign-in has a code and a state of its own', () => {
    expect(readReturned('/callback', '?code=21.69&state=mCJ0')).toBeUndefined()
    expect(readReturned('/integrations', '?code=21.69&state=mCJ0')).toBeUndefined()
  })
})
