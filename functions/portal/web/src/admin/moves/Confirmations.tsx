import type { Schemas } from '../../api/client'
import { Moment } from '../../ui/Moment'
import { useAdminT } from '../messages'
import styles from './Moves.module.css'

/** Who confirmed that access is gone, and that it takes another. */
export function Confirmations({ request }: { request: Schemas['Request'] }) {
  const t = useAdminT().requests.moves
  const all = request.confirmations ?? []
  if (all.length === 0) return null
  return (
    <div className="tight">
      <p>{t.confirmations}:</p>
      <ul className="tight">
        {all.map((one) => (
          <li key={one.by.id} className={styles.confirmation}>
            <strong>{one.by.name ?? one.by.id}</strong> <span className="small quiet"><Moment at={one.at} /></span>
            <blockquote>{one.reason}</blockquote>
          </li>
        ))}
      </ul>
      {request.status === 'stuck' && <p>{t.oneMore}</p>}
    </div>
  )
}
