import { useState } from 'react'
import type { Schemas } from '../api/client'
import { asApiError } from '../api/problem'
import { useRequest } from '../api/queries'
import { useWords } from '../i18n'
import { inWords } from '../lib/duration'
import { ButtonLink } from '../ui/Button'
import { Disclosure } from '../ui/Disclosure'
import { Remaining } from '../ui/Moment'
import { Page } from '../ui/Page'
import { Loaded } from '../ui/States'
import { Status } from '../ui/Status'
import { AdminMoves } from './AdminMoves'
import { ApproverMoves } from './ApproverMoves'
import { Conversation } from './Conversation'
import { waits } from './decide/kinds'
import { History } from './History'
import { HistoryCheck } from './HistoryCheck'
import { Outcome } from './Outcome'
import { Progress } from './Progress'
import { RequestDetails } from './RequestDetails'
import { RequestNotices } from './RequestNotices'
import { RequesterMoves } from './RequesterMoves'
import { isUndecided } from './turns'
import { Why } from './Why'
import styles from './Page.module.css'

/** One request, for everybody who may read it. */
export function RequestPage({ me, id }: { me: Schemas['Me']; id: string }) {
  const { t } = useWords()
  const request = useRequest(id)
  const status = asApiError(request.error)?.status
  if (status === 404 || status === 400) {
    return <Page title={t.request.page.notFound} lead={t.request.page.notFoundMore}><div><ButtonLink to="/">{t.state.home}</ButtonLink></div></Page>
  }
  if (!request.data) return <Page title={t.request.page.title}><Loaded query={request}>{() => null}</Loaded></Page>
  return <Loaded query={request}>{(data) => <Shown key={id} me={me} request={data} />}</Loaded>
}

function Shown({ me, request: r }: { me: Schemas['Me']; request: Schemas['Request'] }) {
  const { t, locale } = useWords()
  const words = t.request.page
  const who = r.requester.name ?? r.requester.id
  const span = r.granted_duration ?? r.duration
  const open = r.steps.length > 0 || me.features.admin // else its history is not for the person
  return (
    <Page
      title={r.resource.name ?? r.resource_id}
      wide
      lead={isUndecided(r.status) ? words.lead(who, span && inWords(span, locale)) : t.tasks.asksFor(who, span && inWords(span, locale))}
    >
      <div className="tight">
        <p className="line">
          <Status status={r.status} reason={r.end_reason} />
          {r.ends_at && r.status === 'active' && <strong><Remaining endsAt={r.ends_at} /></strong>}
        </p>
        <Standing me={me} request={r} />
        <RequesterMoves request={r} me={me} />
      </div>
      <h2 className="hidden">{words.details}</h2>
      <div className={styles.columns}>
        <div className="stack">
          <RequestNotices request={r} />
          <RequestDetails request={r} />
          <Conversation request={r} />
          <ApproverMoves request={r} me={me} />
          <AdminMoves request={r} me={me} />
        </div>
        <div className={styles.beside}>
          <Progress steps={r.steps} />
        </div>
      </div>
      {open && (
        <div className={styles.more}>
          <Disclosure summary={words.why}><Why key={r.version} id={r.id} /></Disclosure>
          <Disclosure summary={words.history}><History id={r.id} /></Disclosure>
          {me.features.admin && <HistoryCheck id={r.id} />}
        </div>
      )}
    </Page>
  )
}

/** Who decided it, also where that happens while the page is open. */
function Standing({ me, request }: { me: Schemas['Me']; request: Schemas['Request'] }) {
  const mine = waits(request)
  const [since, setSince] = useState(0)
  if (mine && since !== request.version) setSince(request.version)
  const voted = request.steps.some((step) => step.decisions.some((d) => d.by.id === me.id))
  const shown = request.steps.length > 0 && !mine && (!isUndecided(request.status) || since > 0 || voted)
  return <p role="status">{shown && <Outcome request={request} since={since} me={me} />}</p>
}
