import { useId, type ReactNode } from 'react'
import styles from './Editor.module.css'

/** One part of a flow: its heading at the side, its settings beside it. */
export function Section({ words, children }: { words: string[]; children: ReactNode }) {
  const id = useId()
  const [title, lead] = words
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header className={styles.aside}>
        <h2 id={id}>{title}</h2>
        <p className="small quiet">{lead}</p>
      </header>
      <div className={styles.settings}>{children}</div>
    </section>
  )
}
