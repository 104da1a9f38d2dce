import { lazy, Suspense, useState } from 'react'
import type { Schemas } from '../api/client'
import { asApiError } from '../api/problem'
import { useRequest } from '../api/queries'
import { useWords } from '../i18n'
import { inWords } from '../lib/duration'
import { ButtonLink } from '../ui/Button'
import { Disclosure } from '../ui/Disclosure'
import { Remaining } from '../ui/Moment'
import { Page } from '../ui/Page'
import { Empty, Loaded } from '../ui/States'
import { Status } from '../ui/Status'
import { ApproverMoves } from './ApproverMoves'
import { Conversation } from './Conversation'
import { allowed } from './decide/kinds'
import { History } from './History'
import { Outcome } from './Outcome'
import { Progress } from './Progress'
import { RequestDetails } from './RequestDetails'
import { RequestNotices } from './RequestNotices'
import { RequesterMoves } from './RequesterMoves'
import { isUndecided } from './turns'
import { Why } from './Why'
import styles from './Page.module.css'

const AdminMoves = lazy(() => import('./AdminMoves').then((module) => ({ default: module.AdminMoves })))

/** One request, for everybody who may read it. */
export function RequestPage({ me, id }: { me: Schemas['Me']; id: string }) {
  const { t } = useWords()
  const request = useRequest(id)
  const status = asApiError(request.error)?.status
  if (status === 404 || status === 400) {
    return <Empty title={t.request.page.notFound}><p>{t.request.page.notFoundMore}</p><ButtonLink to="/">{t.state.home}</ButtonLink></Empty>
  }
  return <Loaded query={request}>{(data) => <Shown key={id} me={me} request={data} />}</Loaded>
}

function Shown({ me, request: r }: { me: Schemas['Me']; request: Schemas['Request'] }) {
  const { t, locale } = useWords()
  const words = t.request.page
  const who = r.requester.name ?? r.requester.id
  return (
    <Page
      title={r.resource.name ?? r.resource_id}
      wide
      lead={words.lead(who, r.duration && inWords(r.duration, locale))}
    >
      <div className="tight">
        <p className="line">
          <Status status={r.status} reason={r.end_reason} />
          {r.ends_at && r.status === 'active' && <strong><Remaining endsAt={r.ends_at} /></strong>}
        </p>
        <Standing me={me} request={r} />
      </div>
      <h2 className="hidden">{words.details}</h2>
      <div className={styles.columns}>
        <div className="stack">
          <RequestNotices request={r} />
          <Conversation request={r} />
          <RequestDetails request={r} />
          <RequesterMoves request={r} me={me} />
          <ApproverMoves request={r} me={me} />
          {me.features.admin && <Suspense><AdminMoves request={r} me={me} /></Suspense>}
        </div>
        <div className={styles.beside}>
          <Progress steps={r.steps} />
        </div>
      </div>
      <div className={styles.more}>
        <Disclosure summary={words.why}><Why key={r.version} id={r.id} /></Disclosure>
        <Disclosure summary={words.history}><History id={r.id} /></Disclosure>
      </div>
    </Page>
  )
}

/** Who decided it, also where that happens while the page is open. */
function Standing({ me, request }: { me: Schemas['Me']; request: Schemas['Request'] }) {
  const mine = allowed(request).length > 0
  const [since, setSince] = useState(0)
  if (mine && since !== request.version) setSince(request.version)
  const voted = request.steps.some((step) => step.decisions.some((d) => d.by.id === me.id))
  const shown = request.steps.length > 0 && !mine && (!isUndecided(request.status) || since > 0 || voted)
  return <p role="status">{shown && <Outcome request={request} since={since} me={me} />}</p>
}
