import type { Schemas } from '../../api/client'
import { asApiError } from '../../api/problem'
import { useWords } from '../../i18n'
import { shortMoment } from '../../lib/moments'
import { Notice, ProblemNotice } from '../../ui/Notice'
import { nameIn } from '../turns'

/** Why a verdict was not taken. Who was faster is named, as far as the request knows them. */
export function DecideProblem({ error, request }: { error: unknown; request: Schemas['Request'] }) {
  const { t, locale } = useWords()
  const e = asApiError(error)
  if (!error) return null
  const decided = e?.problem?.decided
  const at = ['/reason', '/duration'].filter((pointer) => e?.at(pointer))
  if (e?.code === 'invalid' && at.length > 0 && e.elsewhere(at).length === 0) return null
  return (
    <div data-problem tabIndex={-1}>
      {decided ? (
        <Notice kind="bad" live title={t.decidedAlready(t.status[decided.outcome], decided.by && nameIn(request, decided.by), shortMoment(decided.at, locale))} />
      ) : e?.code === 'stale_version' ? (
        <Notice kind="bad" live title={t.request.decide.stale} />
      ) : (
        <ProblemNotice error={error} shown={at} />
      )}
    </div>
  )
}
