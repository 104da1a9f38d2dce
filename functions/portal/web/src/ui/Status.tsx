import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import styles from './Status.module.css'

const tone: Record<Schemas['Status'], string | undefined> = {
  pending: styles.wait, needs_info: styles.wait, missing_data: styles.bad,
  approved: styles.calm, granting: styles.calm, ready: styles.calm,
  active: styles.good, ending: styles.wait, stuck: styles.bad, failed: styles.bad,
  ended: styles.over, denied: styles.bad, canceled: styles.over, expired: styles.over,
}

interface Props {
  status: Schemas['Status']
  reason?: Schemas['EndReason']
}

/** A request's status as people see it, with why where the access ended. */
export function Status({ status, reason }: Props) {
  const t = useT()
  const why = reason && (status === 'ended' || status === 'ending') ? `: ${t.endReason[reason]}` : ''
  return <span className={`${styles.status} ${tone[status] ?? ''}`} data-status={status}>{(t.status[status] ?? status) + why}</span>
}
