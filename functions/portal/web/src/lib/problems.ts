import { asApiError } from '../api/problem'
import { useWords } from '../i18n'
import { shortMoment } from './moments'

/** Turns what a call threw into a sentence for people. */
export function useProblemText() {
  const { t, locale } = useWords()
  return (error: unknown): string => {
    const e = asApiError(error)
    if (!e) return t.unexpected
    if (e.unsure) return t.unanswered
    if (e.status === 0) return t.unreachable
    if (e.status === 401) return t.signIn.ended
    const { code, decided, detail } = e.problem ?? {}
    if (decided) return t.decidedAlready(t.status[decided.outcome], decided.by, shortMoment(decided.at, locale))
    if (e.status === 429) return code ? (detail ?? t.tooMany(e.retryAfter)) : t.tooMany(e.retryAfter)
    return (code && t.problems[code]) ?? detail ?? t.unexpected
  }
}
