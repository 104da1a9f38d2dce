// Holds a history against its own hashes, in the browser, and says what came of it.
//
//   <HashCheck id={request.id} />                          reads the history of a request
//   <HashCheck events={events} subject="flow:prod-db" />   events that are there already: all of them, the oldest first
import type { Schemas } from '../../api/client'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { Loaded } from '../../ui/States'
import { useAdminT } from '../messages'
import { download } from './download'
import styles from './HashCheck.module.css'
import { useRequestHistory, useVerdict } from './read'
import { canVerify, type Verdict } from './verify'

type Props = { id: string } | { events: Schemas['Event'][]; subject?: string }

export function HashCheck(props: Props) {
  return 'id' in props ? <OfRequest id={props.id} /> : <Checked {...props} />
}

function OfRequest({ id }: { id: string }) {
  const history = useRequestHistory(id)
  return <Loaded query={history} rows={1}>{(events) => <Checked events={events} subject={`request:${id}`} />}</Loaded>
}

function Checked({ events, subject }: { events: Schemas['Event'][]; subject?: string }) {
  const t = useAdminT().requests.history
  return (
    <div className={styles.check}>
      {canVerify() ? <Outcome events={events} subject={subject} /> : <Notice kind="warn" title={t.unsafe} />}
      <div>
        <Button onClick={() => download(`${(subject ?? 'history').replace(':', '-')}.json`, { data: events })}>{t.download}</Button>
      </div>
    </div>
  )
}

function Outcome({ events, subject }: { events: Schemas['Event'][]; subject?: string }) {
  const t = useAdminT().requests.history
  const verdict = useVerdict(events, subject)
  if (!verdict) return <p role="status" className="quiet">{t.checking}</p>
  if (verdict.broken) {
    const { seq, why, name } = verdict.broken
    return (
      <Notice kind="bad" live title={t.broken(seq)}>
        <p>{t.why[why](seq, name ?? '')}</p>
        {verdict.whole > 0 && <><p>{t.until(verdict.whole)}</p><LastHash hash={verdict.last} /></>}
      </Notice>
    )
  }
  return <Whole verdict={verdict} />
}

function Whole({ verdict }: { verdict: Verdict }) {
  const t = useAdminT().requests.history
  return (
    <Notice kind="good" live title={t.whole(verdict.whole)}>
      {verdict.whole > 0 && (
        <>
          <p className="small">{t.wholeMore}{verdict.unread > 0 && ` ${t.unread(verdict.unread)}`}</p>
          <LastHash hash={verdict.last} />
        </>
      )}
    </Notice>
  )
}

function LastHash({ hash }: { hash: string }) {
  const t = useAdminT().requests.history
  return <p className="small">{t.lastHash} <code className={styles.hash}>{hash}</code></p>
}
