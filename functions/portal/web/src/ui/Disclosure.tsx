import { useState, type ReactNode } from 'react'
import styles from './Disclosure.module.css'

interface Props {
  summary: ReactNode
  open?: boolean
  children: ReactNode
}

/** A row of a list that expands. What is inside is rendered from its first opening on. */
export function Disclosure({ summary, open = false, children }: Props) {
  const [seen, setSeen] = useState(open)
  return (
    <details className={styles.row} open={open} onToggle={(event) => { if (event.currentTarget.open) setSeen(true) }}>
      <summary className={styles.summary}><div>{summary}</div></summary>
      <div className={styles.inner}>{seen && children}</div>
    </details>
  )
}
