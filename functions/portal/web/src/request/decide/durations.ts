import { iso, seconds } from '../../lib/duration'

const minute = 60, hour = 3600, day = 86400
const usual = [5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour, 12 * hour, day, 2 * day, 3 * day, 7 * day, 14 * day, 30 * day, 90 * day, 180 * day]
const most = 8

/** What an approver may give of a duration: all of it, then less and less. */
export function upTo(duration: string): string[] {
  const whole = seconds(duration)
  if (whole === undefined) return [duration]
  return [duration, ...usual.filter((less) => less < whole).reverse().slice(0, most).map(iso)]
}

/** What is given: what was chosen, while no more than it may still be given; else all of it. */
export function given(whole: string | undefined, chosen: string | undefined): string | undefined {
  return whole && chosen && upTo(whole).includes(chosen) ? chosen : whole
}
