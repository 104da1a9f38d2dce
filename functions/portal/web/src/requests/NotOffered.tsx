import { useId } from 'react'
import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Disclosure } from '../ui/Disclosure'
import { isMyTurn } from './mine'
import { MyRequest } from './MyRequest'
import { RowSummary } from './RowSummary'
import styles from './Requests.module.css'

/** Requests under way that have no item of the catalog to stand under. */
export function NotOffered({ requests, me }: { requests: Schemas['Request'][]; me: Schemas['Me'] }) {
  const words = useT().requests
  const title = useId()
  if (requests.length === 0) return null
  return (
    <section className="tight" aria-labelledby={title}>
      <h2 id={title} className="small quiet">{words.notOffered}</h2>
      <ul className={styles.list}>
        {requests.map((request) => (
          <li key={request.id} data-not-offered={request.resource_id}>
            <Disclosure open={isMyTurn(request)} summary={<RowSummary name={request.resource.name ?? request.resource_id} requests={[request]} />}>
              <MyRequest request={request} me={me} among={1} />
            </Disclosure>
          </li>
        ))}
      </ul>
    </section>
  )
}
