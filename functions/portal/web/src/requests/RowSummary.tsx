import type { Schemas } from '../api/client'
import styles from './Requests.module.css'
import { Standing } from './Standing'

/** What a closed row says: what it is about, and how the person's requests for it stand. */
export function RowSummary({ name, description, requests }: { name: string; description?: string; requests: Schemas['Request'][] }) {
  return (
    <div className={styles.summary}>
      <div className={styles.what}>
        <h2 className={styles.name}>{name}</h2>
        {description && <div className="quiet small">{description}</div>}
      </div>
      {requests.length > 0 && <div className={styles.standing}>{requests.map((request) => <Standing key={request.id} request={request} />)}</div>}
    </div>
  )
}
