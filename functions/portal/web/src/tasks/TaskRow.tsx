import { useState } from 'react'
import { Link } from 'wouter'
import type { Schemas } from '../api/client'
import { useRequest } from '../api/queries'
import { useWords } from '../i18n'
import { inWords } from '../lib/duration'
import { AdminMoves } from '../request/AdminMoves'
import { ApproverMoves } from '../request/ApproverMoves'
import { Conversation } from '../request/Conversation'
import { Outcome } from '../request/Outcome'
import { Progress } from '../request/Progress'
import { RequestDetails } from '../request/RequestDetails'
import { RequestNotices } from '../request/RequestNotices'
import { Disclosure } from '../ui/Disclosure'
import { Moment } from '../ui/Moment'
import { Status } from '../ui/Status'
import { isSettled, waitsSince, type Row } from './kept'
import styles from './Tasks.module.css'

interface Props extends Row {
  me: Schemas['Me']
  onDismiss: () => void
}

/** A task. What became of it stays readable where it stood, until it is dismissed. */
export function TaskRow({ me, task, left, onDismiss }: Props) {
  const { t, locale } = useWords()
  const [settled, setSettled] = useState(false)
  const latest = useRequest(task.id, left && !settled, [3000, 120_000]) // a day's rows are not to be read for ever
  const rests = left && latest.data !== undefined && latest.data.version > task.version && isSettled(latest.data)
  if (rests !== settled) setSettled(rests)
  const request = left ? (latest.data ?? { ...task, allowed_actions: [] }) : task
  const more = task.extension
  const who = request.requester.name ?? request.requester.id
  const span = more?.duration ?? request.granted_duration ?? request.duration
  const words = span && inWords(span, locale)
  const summary = (
    <div className={styles.summary}>
      <h2 className={styles.what}>{request.resource.name ?? request.resource_id}</h2>
      <span className={styles.status}>{(left || request.status !== 'pending') && <Status status={request.status} reason={request.end_reason} />}</span>
      <span className={styles.who}>
        {more && words ? t.tasks.asksMore(who, words) : t.tasks.asksFor(who, words)}
        {request.decides_for && <span className="quiet"> · {t.tasks.inPlaceOf(request.decides_for.name ?? request.decides_for.id)}</span>}
      </span>
      <span className={styles.when}><Moment at={waitsSince(task)} /></span>
      <div role="status" className={styles.became}>{left && <Outcome request={request} since={task.version} me={me} />}</div>
    </div>
  )
  return (
    <li className={`${styles.row} ${left ? styles.left : ''}`} data-request={task.id} data-left={left}>
      <Disclosure summary={summary}>
        <div className="stack">
          <RequestNotices request={request} />
          <div className={styles.columns}>
            <RequestDetails request={request} />
            <Progress steps={request.steps} />
          </div>
          <Conversation request={request} />
          <p><Link href={`/requests/${task.id}`}>{t.tasks.whole}</Link></p>
          <ApproverMoves request={request} me={me} />
          <AdminMoves request={request} me={me} />
        </div>
      </Disclosure>
      {left && (
        <button type="button" className={styles.dismiss} onClick={onDismiss} title={t.actions.dismiss} aria-label={`${t.actions.dismiss}: ${request.resource.name ?? request.resource_id}, ${who}`}>×</button>
      )}
    </li>
  )
}
