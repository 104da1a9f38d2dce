// Moments in the person's own time, with the zone where it is asked for.

export function shortMoment(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))
}

/** With seconds and the zone, for who wants to know exactly. */
export function exactMoment(at: string, locale: string): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const text = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(new Date(at))
  return `${text} (${zone})`
}
