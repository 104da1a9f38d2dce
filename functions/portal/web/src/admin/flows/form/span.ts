// A duration as it is edited: a number and its unit.
import { iso, seconds } from '../../../lib/duration'

export const units = ['days', 'hours', 'minutes', 'seconds'] as const
export type Unit = (typeof units)[number]

/** An empty amount is no duration. */
export interface Span { amount: string; unit: Unit }

const size: Record<Unit, number> = { days: 86400, hours: 3600, minutes: 60, seconds: 1 }
const written: Record<Unit, (amount: string) => string> = {
  days: (n) => `P${n}D`, hours: (n) => `PT${n}H`, minutes: (n) => `PT${n}M`, seconds: (n) => `PT${n}S`,
}

/** `PT1H30M` as 90 minutes: the largest unit that holds it in a whole number. */
export function toSpan(duration: string | undefined, unit: Unit = 'hours'): Span {
  const total = duration === undefined ? undefined : seconds(duration)
  if (!total) return { amount: '', unit }
  const whole = units.find((u) => total % size[u] === 0) ?? 'seconds'
  return { amount: String(total / size[whole]), unit: whole }
}

/**
 * The duration of a span; undefined where the amount is empty. What is no whole
 * number is written all the same: the API says what is wrong with it.
 */
export function ofSpan({ amount, unit }: Span): string | undefined {
  const text = amount.trim()
  if (text === '') return undefined
  const n = Number(text)
  return Number.isInteger(n) && n > 0 && n <= 99_999_999 ? iso(n * size[unit]) : written[unit](text)
}
