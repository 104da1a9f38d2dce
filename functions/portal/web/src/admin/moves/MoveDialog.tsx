import { useState, type ReactNode } from 'react'
import type { Schemas } from '../../api/client'
import { asApiError } from '../../api/problem'
import { useT } from '../../i18n'
import { Outcome } from '../../request/Outcome'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/Notice'
import { Status } from '../../ui/Status'
import { useAdminT } from '../messages'
import styles from './Moves.module.css'

interface Props {
  title: string
  request: Schemas['Request']
  me: Schemas['Me']
  /** Whether the move can still be made. */
  open: boolean
  error: unknown
  onClose: () => void
  children: ReactNode
}

/** A move's form; who comes too late reads who was first. */
export function MoveDialog({ title, request, me, open, error, onClose, children }: Props) {
  const t = useT()
  const words = useAdminT().requests.moves
  const [opened] = useState(request.version)
  return (
    <Dialog title={open ? title : words.late} onClose={onClose}>
      {open ? children : (
        <div className="stack" role="status">
          {!asApiError(error)?.problem?.decided && <ProblemNotice error={error} />}
          <p className="line"><Status status={request.status} reason={request.end_reason} /> <span><Outcome request={request} since={opened} me={me} /></span></p>
          <p className="quiet">{words.lateMore}</p>
          <div className={styles.actions}><Button look="primary" onClick={onClose}>{t.actions.close}</Button></div>
        </div>
      )}
    </Dialog>
  )
}
