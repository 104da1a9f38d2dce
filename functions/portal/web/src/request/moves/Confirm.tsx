import type { ReactNode } from 'react'
import type { Schemas } from '../../api/client'
import { useMove } from '../../lib/move'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/Notice'
import styles from './Moves.module.css'

interface Props {
  title: string
  children: ReactNode
  yes: string
  no: string
  /** What is done, and what is said then. */
  move: () => Promise<Schemas['Request']>
  said: string
  onClose: () => void
}

/** Asks once more before something is done. */
export function Confirm({ title, children, yes, no, move, said, onClose }: Props) {
  const { mutate, isPending, error } = useMove(move, { said, done: onClose })
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="stack">
        <p>{children}</p>
        <ProblemNotice error={error} />
        <div className={styles.buttons}>
          <Button onClick={onClose}>{no}</Button>
          <Button look="danger" busy={isPending} onClick={() => mutate()}>{yes}</Button>
        </div>
      </div>
    </Dialog>
  )
}
