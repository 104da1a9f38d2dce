import { Link } from 'wouter'
import type { Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { Details } from '../../request/Details'
import { Moment } from '../../ui/Moment'
import { Loaded } from '../../ui/States'
import { useRequestHistory } from '../history/read'
import { useAdminT } from '../messages'
import Moves from '../moves/Moves'
import { useFailureText } from '../../request/failures'
import styles from './StuckPage.module.css'

/** What was tried, and what an admin can do. */
export function StuckDetails({ request, me }: { request: Schemas['Request']; me: Schemas['Me'] }) {
  const t = useAdminT().requests.sessions.stuck
  const { id } = request
  const history = useRequestHistory(id)
  return (
    <div className={styles.details}>
      <Loaded query={history} rows={2}>{(events) => <Tried request={request} events={events} />}</Loaded>
      <p><Link href={`/requests/${id}`}>{t.whole}</Link></p>
      <Moves request={request} me={me} />
    </div>
  )
}

function Tried({ request, events }: { request: Schemas['Request']; events: Schemas['Event'][] }) {
  const t = useAdminT().requests.sessions.stuck
  const words = useT()
  const failure = useFailureText()
  const ending = events.findLast((event) => event.type === 'ending')
  const failed = events.filter((event) => event.type === 'revocation_failed' && (!ending || event.seq > ending.seq))
  const last = failed.at(-1)
  return (
    <Details
      rows={[
        [t.ended, ending && <Moment at={ending.at} />],
        [t.reason, request.end_reason && words.endReason[request.end_reason]],
        [t.why, request.failure && <>{failure(request.failure.code)} <code>{request.failure.code}</code></>],
        [t.attempts, String(failed.length)],
        [t.last, last && <Moment at={last.at} />],
        [t.next, request.due && <Moment at={request.due} />],
      ]}
    />
  )
}
