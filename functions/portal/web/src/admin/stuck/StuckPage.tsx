import type { Schemas } from '../../api/client'
import { Disclosure } from '../../ui/Disclosure'
import { Moment, useSecondsLeft } from '../../ui/Moment'
import { Page } from '../../ui/Page'
import { Empty, Loaded } from '../../ui/States'
import { countdown } from '../../lib/duration'
import { useAdminT } from '../messages'
import { useFailureText } from '../../request/failures'
import { useStatus } from '../sessions/held'
import { StuckDetails } from './StuckDetails'
import styles from './StuckPage.module.css'

/** Access that could not be taken away yet, and what an admin can do about it. */
export function StuckPage({ me }: { me: Schemas['Me'] }) {
  const t = useAdminT().requests.sessions.stuck
  const stuck = useStatus('stuck')
  return (
    <Page title={t.title} lead={t.lead} wide>
      <Loaded query={stuck}>
        {(all) => (all.length === 0 ? <Empty title={t.none}><p>{t.noneMore}</p></Empty> : (
          <ul className={styles.list}>
            {all.map((request) => (
              <li key={request.id} data-request={request.id}>
                <Disclosure summary={<Summary request={request} />}><StuckDetails request={request} me={me} /></Disclosure>
              </li>
            ))}
          </ul>
        ))}
      </Loaded>
    </Page>
  )
}

function Summary({ request: r }: { request: Schemas['Request'] }) {
  const failure = useFailureText()
  const { moves } = useAdminT().requests
  return (
    <div className={styles.summary}>
      <div>
        <strong>{r.resource.name ?? r.resource_id}</strong>
        <div className="small quiet">{r.requester.name ?? r.requester.id}</div>
      </div>
      <div>
        {r.failure && <span className={styles.why}>{failure(r.failure.code)}</span>}
        {r.confirmations && <div className="small quiet">{moves.oneMore}</div>}
      </div>
      {r.due && <Next due={r.due} />}
    </div>
  )
}

/** When it is tried again. */
function Next({ due }: { due: string }) {
  const t = useAdminT().requests.sessions.stuck
  const left = useSecondsLeft(due)
  return (
    <div className={styles.next}>
      <span className="small quiet">{t.next}</span>
      {left > 3600 ? <Moment at={due} /> : <span className="numbers">{left > 0 ? countdown(left) : t.soon}</span>}
    </div>
  )
}
