import type { ReactNode } from 'react'
import type { Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/Notice'
import { Status } from '../../ui/Status'
import { useAdminT } from '../messages'
import styles from './Moves.module.css'

interface Props {
  title: string
  request: Schemas['Request']
  /** Whether the move can still be made. */
  open: boolean
  error: unknown
  onClose: () => void
  children: ReactNode
}

/** A move's form; who comes too late reads who was first. */
export function MoveDialog({ title, request, open, error, onClose, children }: Props) {
  const t = useT()
  const words = useAdminT().requests.moves
  return (
    <Dialog title={open ? title : words.late} onClose={onClose}>
      {open ? children : (
        <div className="stack" role="status">
          <ProblemNotice error={error} />
          <p>{words.lateMore}</p>
          <p><Status status={request.status} reason={request.end_reason} /></p>
          <div className={styles.actions}><Button look="primary" onClick={onClose}>{t.actions.close}</Button></div>
        </div>
      )}
    </Dialog>
  )
}
