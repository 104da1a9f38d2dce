import { useId, type ReactNode } from 'react'
import styles from './Section.module.css'

interface Props {
  title: string
  lead?: ReactNode
  children: ReactNode
}

/** A part of a document's page. */
export function Section({ title, lead, children }: Props) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        {lead && <p className={styles.lead}>{lead}</p>}
      </div>
      {children}
    </section>
  )
}
