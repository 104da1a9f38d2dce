import { useEffect, useRef } from 'react'
import type { Schemas } from '../../api/client'
import { Remaining } from '../../ui/Moment'
import { useAdminT } from '../messages'
import { Copyable } from '../ui/Copyable'
import styles from './Invitation.module.css'

/** The token of an invitation, this once, and what to do with it. */
export function Invitation({ id, invitation }: { id: string; invitation: Schemas['Invitation'] }) {
  const t = useAdminT().documents.devices
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => panel.current?.focus(), [invitation])
  return (
    <div ref={panel} tabIndex={-1} className={styles.invitation} role="group" aria-label={t.token}>
      <p className="line apart"><strong>{t.tokenOnce}</strong> <Remaining endsAt={invitation.expires_at} /></p>
      <Copyable label={t.token} text={invitation.token} />
      <ol className={styles.steps}>
        <li>{t.stepInstall}</li>
        <li>
          {t.stepEnrol}
          <Copyable label={t.stepEnrol} text={`sudo latchkey-agent enrol -server ${location.origin} -device ${id} < token`} />
        </li>
        <li>{t.stepRun}</li>
      </ol>
    </div>
  )
}
