import { useCallback, useSyncExternalStore } from 'react'
import { useWords } from '../i18n'
import { currentSecond, now, onCountdown, onTick } from '../lib/clock'
import { countdown } from '../lib/duration'
import { exactMoment, shortMoment } from '../lib/moments'

/** A moment in local time; the zone shows on hover. */
export function Moment({ at }: { at: string }) {
  const { locale } = useWords()
  return <time dateTime={at} title={exactMoment(at, locale)}>{shortMoment(at, locale)}</time>
}

/** The second of the API's clock, as it goes on. */
export function useSecond(): number {
  return useSyncExternalStore(onTick, currentSecond)
}

/** Whole seconds that remain until a moment, begun ones counted, by the API's clock; 0 once it is over. */
export function useSecondsLeft(until: string): number {
  const end = Date.parse(until)
  const subscribe = useCallback((tell: () => void) => onCountdown(end, tell), [end])
  return useSyncExternalStore(subscribe, () => Math.max(0, Math.ceil((end - now()) / 1000)))
}

/** The time that remains until `endsAt`, as it runs down. */
export function Remaining({ endsAt }: { endsAt: string }) {
  const { t, locale } = useWords()
  const left = useSecondsLeft(endsAt)
  return (
    <time role="timer" dateTime={endsAt} title={exactMoment(endsAt, locale)} data-left={left}>
      {left > 0 ? t.remaining(countdown(left)) : t.ended}
    </time>
  )
}
