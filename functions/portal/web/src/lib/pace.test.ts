import { describe, expect, it } from 'vitest'
import { untilNextLook } from './pace'

const every: [number, number] = [3000, 60_000]

describe('the time until the next look', () => {
  it('is short after a change, and grows while nothing changes', () => {
    expect(untilNextLook(every, 0, 0)).toBe(3000)
    expect(untilNextLook(every, 10_000, 0)).toBe(3000)
    expect(untilNextLook(every, 60_000, 0)).toBe(12_000)
    expect(untilNextLook(every, 3_600_000, 0)).toBe(60_000)
  })

  it('doubles with each failure', () => {
    expect(untilNextLook(every, 0, 1)).toBe(6000)
    expect(untilNextLook(every, 0, 3)).toBe(24_000)
    expect(untilNextLook(every, 0, 20)).toBe(60_000)
  })

  it('heeds what the API asks for', () => {
    expect(untilNextLook(every, 0, 1, true, 90)).toBe(90_000)
  })

  it('is the longest after a failure that will not pass by itself', () => {
    expect(untilNextLook(every, 0, 1, false)).toBe(60_000)
  })
})
