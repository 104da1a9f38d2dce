// Durations as the API writes them: ISO 8601 with days, hours, minutes, seconds.
const shape = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/** The seconds of `PT4H`; undefined where that is no duration of the contract. */
export function seconds(duration: string): number | undefined {
  const match = shape.exec(duration)
  if (!match || duration === 'P' || duration.endsWith('T')) return undefined
  const [days, hours, minutes, secs] = match.slice(1).map((n) => Number(n ?? 0)) as [number, number, number, number]
  return ((days * 24 + hours) * 60 + minutes) * 60 + secs
}

/** 14400 as `PT4H`. */
export function iso(total: number): string {
  const days = Math.floor(total / 86400)
  const [hours, minutes, secs] = [Math.floor(total / 3600) % 24, Math.floor(total / 60) % 60, total % 60]
  const time = (hours ? `${hours}H` : '') + (minutes ? `${minutes}M` : '') + (secs ? `${secs}S` : '')
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
}

const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]] as const

/** `PT1H30M` in words: "1 hour, 30 minutes". */
export function inWords(duration: string, language: string): string {
  let rest = seconds(duration)
  if (rest === undefined) return duration
  const parts: string[] = []
  for (const [unit, size] of units) {
    const n = Math.floor(rest / size)
    rest -= n * size
    if (n > 0) parts.push(new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(n))
  }
  return new Intl.ListFormat(language, { type: 'unit' }).format(parts)
}

/** What remains, as people read it off a clock: `2 d 03:04:05`, `3:04:05`, `4:05`. */
export function countdown(total: number): string {
  const left = Math.max(0, total)
  const days = Math.floor(left / 86400)
  const [h, m, s] = [Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  if (days) return `${days} d ${two(h)}:${two(m)}:${two(s)}`
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
