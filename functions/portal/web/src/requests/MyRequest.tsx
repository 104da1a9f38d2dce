import { Link } from 'wouter'
import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Progress } from '../request/Progress'
import { RequesterMoves } from '../request/RequesterMoves'
import { Moment, Remaining } from '../ui/Moment'
import { Status } from '../ui/Status'
import { isOver } from './mine'
import styles from './Requests.module.css'
import { Standing } from './Standing'

/** A request of the person's own, under what it is for. */
export function MyRequest({ request, me }: { request: Schemas['Request']; me: Schemas['Me'] }) {
  const t = useT()
  const words = t.requests
  const title = isOver(request) ? words.last : words.mine
  return (
    <section className={styles.mine} aria-label={title} data-request={request.id}>
      <div className={styles.mineHead}>
        <h3>{title}</h3>
        <span className="small quiet"><Moment at={request.submitted_at} /></span>
        <Link className={styles.details} href={`/requests/${request.id}`} aria-label={words.detailsOf(request.resource.name ?? request.resource_id)}>{words.details}</Link>
      </div>
      <div className="line">
        <Status status={request.status} reason={request.end_reason} />
        {request.status === 'active' && (request.ends_at ? <strong><Remaining endsAt={request.ends_at} /></strong> : <span>{t.notTimed}</span>)}
      </div>
      <Standing request={request} me={me} />
      <Progress steps={request.steps} />
      <RequesterMoves request={request} me={me} />
    </section>
  )
}
