// When someone decides for somebody else, and how that is written in a form.
import type { Schemas } from '../api/client'

export type Standing = 'none' | 'ahead' | 'active' | 'over'

/** How a delegation stands at a moment, in milliseconds: it begins at `from` and is over at `until`. */
export function standing({ delegate, from, until }: Schemas['Delegation'], at: number): Standing {
  if (!delegate || !from || !until) return 'none'
  if (at < Date.parse(from)) return 'ahead'
  return at < Date.parse(until) ? 'active' : 'over'
}

const two = (n: number) => String(n).padStart(2, '0')

/** A moment as a datetime-local field has it: local time, to the minute. */
export function written(at: Date): string {
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The moment of a datetime-local field, as the API writes it; undefined where the field has none. */
export function moment(local: string): string | undefined {
  const at = new Date(local) // without a zone it is local time (ECMA-262, 21.4.1.32)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

/** From now, for a week of the calendar: until the same time of day, whether or not the clocks change. */
export function aWeekFrom(now: number): { from: string; until: string } {
  const from = new Date(now)
  const until = new Date(now)
  until.setDate(until.getDate() + 7)
  return { from: written(from), until: written(until) }
}

/** Whether it may be somebody's whole email, and is worth asking about. */
export function isWhole(email: string): boolean {
  return /^[^@\s]{1,64}@[^@\s]+\.[^@\s]+$/.test(email) && email.length <= 254
}
