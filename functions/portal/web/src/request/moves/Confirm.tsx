import type { ReactNode } from 'react'
import type { Look } from '../../ui/Button'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/Notice'
import styles from './Moves.module.css'

interface Props {
  title: string
  children: ReactNode
  yes: string
  no: string
  look?: Look
  busy: boolean
  error: unknown
  onYes: () => void
  onClose: () => void
}

/** Asks once more before something is done. */
export function Confirm({ title, children, yes, no, look = 'danger', busy, error, onYes, onClose }: Props) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="stack">
        <p>{children}</p>
        <ProblemNotice error={error} />
        <div className={styles.buttons}>
          <Button onClick={onClose}>{no}</Button>
          <Button look={look} busy={busy} onClick={onYes}>{yes}</Button>
        </div>
      </div>
    </Dialog>
  )
}
