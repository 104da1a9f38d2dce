import { Link } from 'wouter'
import type { Schemas } from '../../api/client'
import { Moment } from '../../ui/Moment'
import { Status } from '../../ui/Status'
import { useAdminT } from '../messages'
import styles from './RequestTable.module.css'
import { WaitsFor } from './WaitsFor'

/** Requests, each a row that leads to its page. */
export function RequestTable({ requests }: { requests: Schemas['Request'][] }) {
  const { list, column, by } = useAdminT().requests
  return (
    <table className={styles.table}>
      <caption className="hidden">{list}</caption>
      <thead>
        <tr>
          <th scope="col">{column.request}</th>
          <th scope="col">{column.status}</th>
          <th scope="col">{column.waits}</th>
          <th scope="col">{column.submitted}</th>
        </tr>
      </thead>
      <tbody>
        {requests.map((r) => {
          const who = r.requester.name ?? r.requester.id
          const submitter = r.submitted_by.id === r.requester.id ? undefined : (r.submitted_by.name ?? r.submitted_by.id)
          return (
            <tr key={r.id} className={styles.row} data-request={r.id}>
              <td className={styles.what}>
                <Link href={`/requests/${r.id}`}>{r.resource.name ?? r.resource_id}<span className="hidden">, {who}</span></Link>
                <div className="small quiet">{by(who, submitter)}</div>
              </td>
              <td className={styles.status}><Status status={r.status} reason={r.end_reason} /></td>
              <td className={styles.waits}><WaitsFor request={r} /></td>
              <td className={styles.when}><Moment at={r.submitted_at} /></td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
