import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aWeekFrom, isWhole, moment, standing, written } from './period'

describe('a delegation', () => {
  const gus = { version: 1, delegate: { id: 'gus' }, from: '2026-07-01T08:00:00Z', until: '2026-07-15T08:00:00Z' }
  const at = (moment: string) => standing(gus, Date.parse(moment))
  it('lasts from its first moment until before its last', () => {
    expect(at('2026-07-01T07:59:59.999Z')).toBe('ahead')
    expect(at('2026-07-01T08:00:00Z')).toBe('active')
    expect(at('2026-07-15T07:59:59.999Z')).toBe('active')
    expect(at('2026-07-15T08:00:00Z')).toBe('over')
  })
  it('is none where nobody is named', () => {
    expect(standing({ version: 3 }, 0)).toBe('none')
  })
})

describe('a moment in a form', () => {
  const zone = process.env.TZ
  beforeEach(() => { process.env.TZ = 'Europe/Berlin' })
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  })
  it('is local, and UTC to the API', () => {
    expect(written(new Date('2026-07-01T08:05:59Z'))).toBe('2026-07-01T10:05')
    expect(moment('2026-07-01T10:05')).toBe('2026-07-01T08:05:00.000Z')
    expect(moment('2026-12-01T10:05')).toBe('2026-12-01T09:05:00.000Z')
  })
  it('may be missing', () => {
    expect(moment('')).toBeUndefined()
    expect(moment('2026-13-01T00:00')).toBeUndefined()
  })
  it('is a week of the calendar later when the clocks have changed', () => {
    expect(aWeekFrom(Date.parse('2026-10-21T08:00:30Z'))).toEqual({ from: '2026-10-21T10:00', until: '2026-10-28T10:00' })
  })
})

it('asks about whole emails alone', () => {
  expect(['gus@example.com', 'Gus.Green+x@mail.example.co'].every(isWhole)).toBe(true)
  expect(['', 'gus', 'gus@', 'gus@example', '@example.com', 'g us@example.com', `${'g'.repeat(65)}@example.com`].some(isWhole)).toBe(false)
})
