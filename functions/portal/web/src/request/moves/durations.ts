// What a person chooses a duration by: one of some, or an amount of a unit.
import type { Schemas } from '../../api/client'
import { iso, seconds } from '../../lib/duration'

export const units = { M: 60, H: 3600, D: 86_400 } as const
export type Unit = keyof typeof units

export interface Chosen {
  /** One of the choices, or `other`. */
  choice: string
  amount: string
  unit: Unit
}

export const other = 'other'

/** How a rule's duration is first filled in: as it was, or else by its first choice. */
export function firstChoice(choices: Schemas['Duration'][], max: string | undefined, before?: Schemas['Duration']): Chosen {
  if (before && choices.includes(before)) return { choice: before, amount: '', unit: 'H' }
  const total = before && max ? seconds(before) : undefined
  if (total) {
    const unit = (['D', 'H', 'M'] as const).find((one) => total % units[one] === 0)
    if (unit) return { choice: other, amount: String(total / units[unit]), unit }
  }
  return { choice: choices[0] ?? other, amount: '', unit: 'H' }
}

/** The duration that was chosen; undefined where it is none. */
export function durationOf({ choice, amount, unit }: Chosen): Schemas['Duration'] | undefined {
  if (choice !== other) return choice || undefined
  const total = Math.round(Number(amount.replace(',', '.')) * units[unit])
  return Number.isSafeInteger(total) && total > 0 ? iso(total) : undefined
}

/** Whether what was chosen is a duration, and no longer than the longest. */
export function fits(chosen: Chosen, max?: Schemas['Duration']): boolean {
  const duration = durationOf(chosen)
  return duration !== undefined && (max === undefined || (seconds(duration) ?? 0) <= (seconds(max) ?? Infinity))
}

const usual = ['PT5M', 'PT15M', 'PT30M', 'PT1H', 'PT2H', 'PT4H', 'PT8H', 'P1D', 'P2D', 'P7D', 'P14D', 'P30D']

/** At most five durations up to a longest, the longest last. */
export function durationsUpTo(longest: Schemas['Duration']): Schemas['Duration'][] {
  const most = seconds(longest) ?? 0
  return [...usual.filter((one) => seconds(one)! < most).slice(-4), longest]
}
