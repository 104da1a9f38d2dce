import { useAdminT } from '../messages'
import { useStatus } from '../sessions/held'
import styles from './StuckCount.module.css'

/** How many revocations are stuck, for the section's tab; nothing where none is. */
export function StuckCount() {
  const t = useAdminT().requests.sessions.stuck
  const n = useStatus('stuck', [30_000, 120_000]).data?.length ?? 0
  if (n === 0) return null
  return <span className={styles.count}><span aria-hidden="true">{n}</span><span className="hidden">{t.count(n)}</span></span>
}
