import type { ReactNode } from 'react'
import { asApiError } from '../api/problem'
import { useProblemText } from '../lib/problems'
import styles from './Notice.module.css'

interface Props {
  kind?: 'info' | 'warn' | 'bad' | 'good'
  title?: ReactNode
  /** Said aloud when it appears. */
  live?: boolean
  children?: ReactNode
}

export function Notice({ kind = 'info', title, live, children }: Props) {
  return (
    <div className={`${styles.notice} ${styles[kind]}`} role={live ? (kind === 'bad' ? 'alert' : 'status') : undefined}>
      {title && <p className={styles.title}>{title}</p>}
      {children}
    </div>
  )
}

/** What went wrong with a call. Findings at `shown` pointers stand at their fields already. */
export function ProblemNotice({ error, shown = [] }: { error: unknown; shown?: string[] }) {
  const text = useProblemText()
  if (!error) return null
  const rest = asApiError(error)?.elsewhere(shown) ?? []
  return (
    <Notice kind="bad" live title={text(error)}>
      {rest.length > 0 && (
        <ul className={styles.list}>
          {rest.map((finding) => (
            <li key={`${finding.pointer ?? finding.parameter ?? ''} ${finding.code}`}>
              {(finding.pointer ?? finding.parameter) && <code>{finding.pointer ?? finding.parameter}</code>} {finding.detail}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
