import type { Schemas } from '../../api/client'
import { useWords } from '../../i18n'
import { inWords } from '../../lib/duration'
import { Approvers } from '../../request/Approvers'
import { Moment, Remaining } from '../../ui/Moment'
import { useAdminT } from '../messages'
import { useFailureText } from '../../request/failures'

/** What a request waits for, or how long it lasts; nothing where it is over. */
export function WaitsFor({ request: r }: { request: Schemas['Request'] }) {
  const { locale } = useWords()
  const { waits: t, drift } = useAdminT().requests
  const failure = useFailureText()
  const who = r.requester.name ?? r.requester.id
  switch (r.status) {
    case 'pending': {
      const open = r.steps.find((step) => step.status === 'open')
      return open && <Approvers approvers={open.approvers} needed={open.needed} />
    }
    case 'needs_info': return <>{t.answer(who)}</>
    case 'missing_data': return <>{t.nobody}</>
    case 'approved': return r.starts_at ? <>{t.begins} <Moment at={r.starts_at} /></> : <>{t.setUp}</>
    case 'granting': return <>{t.setUp}</>
    case 'ready': return <>{t.start(who)}</>
    case 'active': return (
      <>
        {r.ends_at ? <Remaining endsAt={r.ends_at} /> : t.noEnd}
        {r.extension && <div className="small">{t.moreTime(inWords(r.extension.duration, locale))}</div>}
        {r.drift && <div className="small">{drift[r.drift]}</div>}
      </>
    )
    case 'ending': return <>{t.ending}</>
    case 'stuck':
    case 'failed': return r.failure && <>{failure(r.failure.code)}</>
    case 'ended': return r.drift && <>{drift[r.drift]}</>
    default: return null
  }
}
