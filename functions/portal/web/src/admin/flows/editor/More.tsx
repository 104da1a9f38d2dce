import { useState, type ReactNode } from 'react'
import { useAnyWithin } from './findings'
import styles from './Editor.module.css'

interface Props {
  label: string
  /** What is set inside, so that it need not be opened to know. */
  set?: ReactNode
  /** The pointers of what is inside: it opens by itself when something is found there. */
  pointers: string[]
  children: ReactNode
}

/** The less usual settings. They are there while it is closed, so that focus can go to any of them. */
export function More({ label, set, pointers, children }: Props) {
  const found = useAnyWithin(...pointers)
  const [open, setOpen] = useState(found)
  const [before, setBefore] = useState(found)
  if (found !== before) {
    setBefore(found)
    if (found) setOpen(true)
  }
  return (
    <details className={styles.more} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className={styles.moreLabel}>{label}</span>
        {set && <span className={styles.moreSet}>{set}</span>}
      </summary>
      <div className={styles.moreInner}>{children}</div>
    </details>
  )
}
