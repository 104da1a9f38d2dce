import { useState, type ReactNode } from 'react'
import { Button } from '../../ui/Button'
import { useAdminT } from '../messages'
import { Section } from './Section'
import styles from './Histories.module.css'

/** The histories of a document, which are read once someone wants to see them. */
export function Histories({ children }: { children: ReactNode }) {
  const { documents: { editor: t } } = useAdminT()
  const [open, setOpen] = useState(false)
  if (open) return <div ref={(element) => element?.focus({ preventScroll: true })} tabIndex={-1} className={styles.histories}>{children}</div>
  return <Section title={t.history} lead={t.historyLead}><div><Button onClick={() => setOpen(true)}>{t.showHistory}</Button></div></Section>
}
